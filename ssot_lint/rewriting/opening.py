"""Other files of the project, for rewrites that span files."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.file import File
from ssot_lint.project import Project
from ssot_lint.source.scan import scan
from ssot_lint.source.text import NotText, Text


def opened(project: Project, path: str) -> File | None:
    """Read a file of ``project``; ``None`` for one that is not there, or is not Python."""
    raw = project.read(path)
    try:
        text = Text.read(raw or b"")
        return File(path, scan(text, *(project.module_of(path) or (None, False))), project)
    except (NotText, SyntaxError):
        return None


def users(project: Project, module: str, name: str) -> Iterator[File]:
    """Give the files that may use ``name`` of ``module``: they import it, or reach it through the module."""
    package, _, last = module.rpartition(".")
    through = {*project.importing(package, last), *project.importing(module, "*")}
    for part in range(module.count(".") + 1):
        through.update(project.importing(module.rsplit(".", part)[0], ""))
    word = f".{name}".encode()
    paths = {*project.importing(module, name), *(path for path in through if word in (project.read(path) or b""))}
    for path in sorted(paths):
        file = opened(project, path)
        if file is not None:
            yield file
