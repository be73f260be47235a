"""Other files of the project, for rewrites that span files."""

from __future__ import annotations

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
