"""Where the file of a module is to be, and what has to be made for it."""

from __future__ import annotations

from ssot_lint.moving.request import CannotMove
from ssot_lint.project import Project

INIT = "__init__.py"


def path_of(project: Project, module: str, beside: str, *, is_package: bool = False) -> str:
    """Give the path for the module ``module`` that is not there yet; raises `CannotMove`.

    It is below its package, if there is one, else below the import root of the module ``beside``.
    """
    above, parts = module, list[str]()
    while above:
        above, _, last = above.rpartition(".")
        parts.insert(0, last)
        summary = project.summary(above) if above else None
        if summary is not None and summary.path is not None:
            if not summary.is_package:
                raise CannotMove(f"{above} is a module, and no package")
            directory = summary.path.removesuffix(INIT).rstrip("/")
            return _joined(directory, parts, is_package)
    return _joined(import_root(project, beside), module.split("."), is_package)


def import_root(project: Project, module: str) -> str:
    """Give the directory below which a module of the project is found, relative to the root of the project."""
    summary = project.summary(module)
    if summary is None or summary.path is None:
        raise CannotMove(f"{module} has no source file in the project")
    ending = f"/{INIT}" if summary.path.endswith(f"/{INIT}") else ".py"
    return f"/{summary.path}".removesuffix(ending).removesuffix("/" + module.replace(".", "/")).strip("/")


def missing_packages(project: Project, module: str, path: str) -> tuple[str, ...]:
    """Give the paths of the ``__init__.py`` that have to be made so that ``module`` at ``path`` can be imported.

    Where the packages around are directories without one, none is made.
    """
    found: list[str] = []
    directory = path.removesuffix(f"/{INIT}").rpartition("/")[0]
    above = module.rpartition(".")[0]
    while above and project.summary(above) is None:
        found.insert(0, f"{directory}/{INIT}")
        above, directory = above.rpartition(".")[0], directory.rpartition("/")[0]
    outermost = project.summary(above) if above else None
    return tuple(found) if outermost is None or outermost.path is not None else ()


def _joined(directory: str, parts: list[str], is_package: bool) -> str:
    path = "/".join([*([directory] if directory else []), *parts])
    return f"{path}/{INIT}" if is_package else f"{path}.py"
