"""A move as changes of files: found out as a whole, verified as a whole, and made as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

from ssot_lint.applying import Change
from ssot_lint.fixing.together import broken_together
from ssot_lint.fixing.versions import broken_version
from ssot_lint.model import Hunk, Violation
from ssot_lint.moving.cutting import tidied, with_import
from ssot_lint.moving.definitions import Definition, find_definition
from ssot_lint.moving.files import MovedFile, made_packages, moved_files
from ssot_lint.moving.followers import WithoutCycles, follow
from ssot_lint.moving.leaving import definition_shim, module_shim
from ssot_lint.moving.pasting import pasted
from ssot_lint.moving.patches import check_own_uses, left_with_reason, with_needed
from ssot_lint.moving.places import missing_packages, path_of
from ssot_lint.moving.request import CODE, BadRequest, CannotMove, Request, understood
from ssot_lint.moving.strings import mentions, renamed_strings
from ssot_lint.project import Project

Contents = Mapping[str, "bytes | None"]


@dataclass(frozen=True)
class Planned:
    """What a move changes, what is ``left`` on the old path and why, and what else the user should know.

    Without a shim nothing may be left: then there are no changes if something is.
    """

    request: Request
    changes: tuple[Change, ...] = ()
    left: tuple[Violation, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Draft:
    """The project once the thing itself has moved: ``after`` are its files, ``moved`` the old names of modules by new.

    ``finish`` gives the last touch to what else the files become when all have followed.
    """

    after: Contents
    is_module: bool
    definition: Definition | None = None
    moved: Mapping[str, str] = field(default_factory=dict)
    finish: Callable[[Project, dict[str, bytes | None]], None] = lambda project, after: None
    modes: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def plan_move(project: Project, root: Path, request: Request) -> Planned:
    """Find out what ``request`` changes in the ``project`` at ``root``; writes nothing.

    Raises `CannotMove`, `BadRequest` for what nobody can mean.
    """
    request = understood(request, project)
    draft = _draft(project, root, request)
    after: dict[str, bytes | None] = dict(draft.after)
    if draft.is_module:
        _rename_strings(project, request, after)
    then = project.changed(after, WithoutCycles if draft.is_module else None)
    followed = follow(then, request, is_module=draft.is_module)
    after.update(followed.after)
    left = list(followed.left)
    if draft.definition is not None:
        first = project.changed(draft.after)
        check_own_uses(first, draft.definition, request)
        left = list(left_with_reason(first, request, left))
    if left and draft.after and not request.shim:
        return Planned(request, left=tuple(left))
    draft.finish(project.changed(after), after)
    after = {path: raw for path, raw in after.items() if raw != project.read(path)}
    _verify(project, after, draft)
    doubts = (f"{_place(violation)}: not proved, since tests may replace it there" for violation in followed.doubts)
    notes = (*draft.notes, *doubts, *_mentions(project.changed(after), request), *_mentions_elsewhere(root, request))
    return Planned(request, tuple(_changes(project, after, draft)), tuple(left), notes)


def _draft(project: Project, root: Path, request: Request) -> _Draft:
    summary = project.summary(request.old)
    if summary is not None:
        if summary.path is None:
            raise CannotMove(f"{request.old} is no module with a source file, but a directory or a compiled module")
        return _of_module(project, request, moved_files(project, root, request))
    definition = find_definition(project, request) if "." in request.old else None
    if definition is not None:
        return _of_definition(project, request, definition)
    if project.resolve(request.new).status == "missing":
        raise BadRequest(f"there is neither {request.old} nor {request.new}")
    return _Draft({}, is_module=False)


# What moves itself.


def _of_module(project: Project, request: Request, files: tuple[MovedFile, ...]) -> _Draft:
    after: dict[str, bytes | None] = dict.fromkeys(made_packages(project, request, files), b"")
    after.update((file.old, None) for file in files)
    after.update((file.new, file.after) for file in files)
    moved = {}
    for file in files:
        old, new = project.module_of(file.old), project.module_of(file.new)
        if old and new:
            moved[new[0]] = old[0]
    modes = {path: file.mode for file in files for path in (file.old, file.new)}
    return _Draft(after, True, moved=moved, finish=partial(_leave_modules, request, files), modes=modes)


def _leave_modules(
    request: Request, files: tuple[MovedFile, ...], project: Project, after: dict[str, bytes | None]
) -> None:
    for file in files if request.shim else ():
        new = project.module_of(file.new)
        if file.old.endswith(".py") and new is not None:
            old = request.old + new[0][len(request.new) :]
            after[file.old] = module_shim(project, file.old, old, new[0])


def _of_definition(project: Project, request: Request, definition: Definition) -> _Draft:
    module = request.new.rpartition(".")[0]
    summary = project.summary(module)
    if summary is not None and summary.path is None:
        raise CannotMove(f"{module} is no module with a source file, but a directory or a compiled module")
    path = summary.path if summary and summary.path else path_of(project, module, request.old.rpartition(".")[0])
    after: dict[str, bytes | None] = dict.fromkeys(missing_packages(project, module, path), b"")
    after[path] = pasted(project, definition, request, path)
    after[definition.file.path] = with_import(definition, request)
    decorators = getattr(definition.statement.node, "decorator_list", ())
    notes = (
        (f"decorators of {request.old} run when {module} is imported, and no more when its old module is",)
        if decorators
        else ()
    )
    return _Draft(after, False, definition, finish=partial(_finish_definition, request, definition), notes=notes)


def _finish_definition(
    request: Request, definition: Definition, project: Project, after: dict[str, bytes | None]
) -> None:
    """Clean up the old module, and let the strings follow that replace what it held."""
    after.update(with_needed(project, definition, request))
    old = definition.file.path
    raw = tidied(project.changed(after), definition, request, after[old] or b"")
    summary = project.changed({old: raw}).summary(definition.file.module or "")
    is_there = summary is not None and definition.name in summary.names
    for path in () if is_there else project.mentions(request.old):
        renamed = renamed_strings(project.changed(after), path, request.old, request.new)
        if renamed is not None:
            after[path] = renamed
    after[old] = raw if is_there or not request.shim else definition_shim(project, definition, raw, request)


# What follows.


def _rename_strings(project: Project, request: Request, after: dict[str, bytes | None]) -> None:
    then = project.changed(after)
    for path in then.mentions(request.old):
        if request.wanted(path) or path in after:
            renamed = renamed_strings(then, path, request.old, request.new)
            if renamed is not None:
                after[path] = renamed


def _place(violation: Violation) -> str:
    return f"{violation.path}:{violation.range.start.row}"


def _mentions(project: Project, request: Request) -> Iterator[str]:
    for path in project.mentions(request.old):
        for mention in mentions(project, path, request.old):
            yield f"{path}:{mention.row}: the string {mention.text!r} stays as it is"


def _mentions_elsewhere(root: Path, request: Request) -> Iterator[str]:
    """Tell which files that are not Python speak of the old name, as far as git knows them."""
    from ssot_lint.git import GitFailed, git

    try:
        found = git(root, "grep", "-n", "-I", "-F", "-w", "-e", request.old, "--", ".", ":!*.py", ":!*.pyi")
    except GitFailed:  # that nothing was found is one, too
        return
    for line in found.decode("utf-8", "replace").splitlines():
        path, row, _ = line.split(":", 2)
        yield f"{path}:{row}: {request.old} is named here, too"


# What has to hold.


def _verify(project: Project, after: Contents, draft: _Draft) -> None:
    """Raise `CannotMove` where the files would break a law."""
    before = {path: project.read(path) for path in after}
    for path, law in broken_together(project, before, after, draft.moved).items():
        raise CannotMove(f"{path} would break law {law.law}: {law.reason}")
    then = project.changed(after)
    known = [raw for raw in before.values() if raw is not None]
    for path, raw in after.items():
        if path.endswith(".py") and raw is not None:
            own = before[path]
            reason = broken_version(then, path, [own] if own is not None else known, raw)
            if reason:
                raise CannotMove(f"{path}: {reason}")


def _changes(project: Project, after: Contents, draft: _Draft) -> Iterator[Change]:
    """Give the changes, of which none is made without all others."""
    hub = next((path for path, raw in after.items() if path in draft.after), "")
    for path, raw in after.items():
        before = project.read(path)
        hunks = tuple(_hunks(before or b"", raw or b""))
        needs = frozenset(after) - {path} if path == hub else frozenset({hub} if hub else ())
        yield Change(path, before, raw, hunks, needs=needs, mode=draft.modes.get(path))


def _hunks(before: bytes, after: bytes) -> Iterator[Hunk]:
    """Give the lines in which two versions of a file differ."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            lines = b"".join(old[first:last]), b"".join(new[new_first:new_last])
            yield Hunk(starts[first], *lines, (CODE,), first + 1)
