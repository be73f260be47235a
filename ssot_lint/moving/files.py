"""Modules and packages that move: their files under new names, with imports that still find what they found."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.moving.places import INIT, missing_packages, path_of
from ssot_lint.moving.request import CannotMove, Request
from ssot_lint.project import Project
from ssot_lint.source.imports import replace_module
from ssot_lint.source.replacements import Replacement, in_order
from ssot_lint.source.scan import Scan, scan
from ssot_lint.source.text import NotText, Text
from ssot_lint.source.triggers import within

STUB = ".pyi"
LEFT = "__pycache__"


@dataclass(frozen=True)
class MovedFile:
    """A file that goes from ``old`` to ``new``, relative paths, and what it held and will hold."""

    old: str
    new: str
    before: bytes
    after: bytes
    mode: int


def moved_files(project: Project, root: Path, request: Request) -> tuple[MovedFile, ...]:
    """Give the files of the module or package that moves, in the order of their paths; raises `CannotMove`."""
    summary = project.summary(request.old)
    if summary is None or summary.path is None:
        raise CannotMove(f"{request.old} has no source file in the project")
    if project.summary(request.new) is not None:
        raise CannotMove(f"{request.new} is there already")
    is_package = summary.path.endswith(f"/{INIT}")
    new = path_of(project, request.new, request.old, is_package=is_package)
    pairs = _of_package(root, summary.path, new) if is_package else _of_module(root, summary.path, new)
    return tuple(_moved(project, root, request, *pair) for pair in sorted(pairs))


def made_packages(project: Project, request: Request, moved: tuple[MovedFile, ...]) -> tuple[str, ...]:
    """Give the paths of the empty ``__init__.py`` that the moved files need."""
    first = next(
        file.new for file in moved if project.module_of(file.old) in ((request.old, False), (request.old, True))
    )
    return missing_packages(project, request.new, first)


def _of_module(root: Path, old: str, new: str) -> Iterator[tuple[str, str]]:
    yield old, new
    stub = old.removesuffix(".py") + STUB
    if (root / stub).exists():
        yield stub, new.removesuffix(".py") + STUB


def _of_package(root: Path, old: str, new: str) -> Iterator[tuple[str, str]]:
    """Give all files in the directory of a package: it may read them."""
    source, target = old.removesuffix(f"/{INIT}"), new.removesuffix(f"/{INIT}")
    for directory, names, files in os.walk(root / source):
        names[:] = [name for name in names if name != LEFT]
        for name in files:
            path = Path(directory, name)
            if path.is_symlink():
                raise CannotMove(f"{path.relative_to(root).as_posix()} is a symbolic link")
            inner = path.relative_to(root / source).as_posix()
            yield f"{source}/{inner}", f"{target}/{inner}"


def _moved(project: Project, root: Path, request: Request, old: str, new: str) -> MovedFile:
    try:
        before = (root / old).read_bytes()
        mode = (root / old).stat().st_mode & 0o7777
    except OSError as error:
        raise CannotMove(f"{old} cannot be read: {error.strerror}") from error
    after = _with_absolute_imports(project, request, old, before) if old.endswith(".py") else before
    return MovedFile(old, new, before, after, mode)


def _with_absolute_imports(project: Project, request: Request, path: str, raw: bytes) -> bytes:
    """Give a module in which relative imports name what they named before; those within what moves stay relative."""
    located = project.module_of(path)
    try:
        text = Text.read(raw)
        read = scan(text, *(located or (None, False)))
    except (NotText, SyntaxError) as error:
        raise CannotMove(f"{path} cannot be read: {error}") from error
    if text.encode(text.string) != raw:
        raise CannotMove(f"{path} cannot be read as a whole")
    return text.encode(_applied(text.string, in_order(_made_absolute(read, request))))


def _made_absolute(read: Scan, request: Request) -> Iterator[Replacement]:
    if request.old.rpartition(".")[0] == request.new.rpartition(".")[0]:
        return
    for imported in read.imports:
        if isinstance(imported.node, ast.ImportFrom) and imported.node.level:
            if imported.module is None:
                raise CannotMove(f"a relative import in {read.module} leaves the project")
            is_inside = read.module != imported.module or read.is_package
            if not (is_inside and within(imported.module, request.old)):
                yield replace_module(read, imported, 0, imported.module)


def _applied(string: str, replacements: tuple[Replacement, ...]) -> str:
    parts, place = list[str](), 0
    for change in replacements:
        parts += (string[place : change.start], change.content)
        place = change.end
    return "".join([*parts, string[place:]])
