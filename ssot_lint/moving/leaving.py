"""What stays on the old path, if something is to: a shim that gives the new thing, with a warning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.file import File
from ssot_lint.fixing.apply import apply
from ssot_lint.model import Refusal
from ssot_lint.moving.definitions import Definition
from ssot_lint.moving.request import CannotMove, Request
from ssot_lint.project import Project
from ssot_lint.project.summary import Bound
from ssot_lint.rewriting.shims import GETATTR, HOOK, TABLE, lazy_shim
from ssot_lint.source.scan import scan
from ssot_lint.source.text import Text
from ssot_lint.source.triggers import within

DOCSTRING = '"""Moved to {new}."""\n\nfrom __future__ import annotations\n'


def module_shim(project: Project, path: str, old: str, new: str) -> bytes:
    """Give the file ``path``, in which the module ``old`` was, as a shim of ``new``, which is in ``project``."""
    summary = project.summary(new)
    names = sorted(summary.names.items() if summary else ())
    public = [name for name, bounds in names if name.isidentifier() and not _is_special(name, bounds)]
    header = DOCSTRING.format(new=new)
    if not public:
        return header.encode()
    text = Text(f"{header}\nfrom {new} import (\n{''.join(f'    {name},{chr(10)}' for name in public)})\n")
    located = project.module_of(path)
    file = File(path, scan(text, *(located or (None, False))), project)
    fix = lazy_shim(file, lambda module: within(module, old))
    if isinstance(fix, Refusal):
        raise CannotMove(f"no shim can be left in {path}: {fix.reason}")
    return apply(text, [fix]).encode()


def _is_special(name: str, bounds: Sequence[Bound]) -> bool:
    """Whether a name is Python's own: ``__getattr__`` and its like, what comes from ``__future__``."""
    is_future = any((bound.target or "").startswith("__future__") for bound in bounds)
    return is_future or (name.startswith("__") and name.endswith("__"))


def definition_shim(project: Project, definition: Definition, raw: bytes, request: Request) -> bytes:
    """Give the module ``raw``, which the definition has left, with a hook that gives it when it is asked for."""
    path, text = definition.file.path, Text.read(raw)
    file = File(path, scan(text, *(project.module_of(path) or (None, False))), project)
    for name in (HOOK, TABLE):
        if name in file.scan.scope.bindings:
            raise CannotMove(f"no shim can be left in {path}: `{name}` is there already")
    newline = definition.file.text.newline
    string = text.string.rstrip(" \t\r\n")
    gap = newline * 3 if string else ""
    return text.encode(f"{string}{gap}{newline.join(_hook(request))}{newline}")


def _hook(request: Request) -> Iterator[str]:
    """Yield the lines of the hook; what it needs it imports when it is needed, so that no name is taken."""
    module, _, name = request.new.rpartition(".")
    yield f'{TABLE} = {{"{request.last}": "{module}:{name}"}}'
    yield ""
    body = GETATTR.format(hook=HOOK, table=TABLE, warnings="warnings", resolve_name="resolve_name").split("\n")
    for line in body:
        yield line
        if line.lstrip().startswith('"""'):
            yield "    import warnings"
            yield "    from pkgutil import resolve_name"
            yield ""
