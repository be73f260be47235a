"""From the names of packs in a configuration to files: ids of built-in packs, paths, globs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ssot_lint.globs import nearest
from ssot_lint.toml import ConfigurationError, ConfigurationSite

_PACKAGE = Path(__file__).parent.parent
_SUFFIX = ".toml"


def builtin_packs() -> Mapping[str, Path]:
    """Give the file of each pack that comes with the tool, by its id.

    A wheel carries them inside the package; a checkout, also when installed editable, has them beside it.
    """
    inside = _PACKAGE / "packs_data"
    directory = inside if inside.is_dir() else _PACKAGE.parent / "rules"
    names = (name.removesuffix(_SUFFIX) for name in os.listdir(directory) if name.endswith(_SUFFIX))
    return {name: directory / f"{name}{_SUFFIX}" for name in sorted(names)}


def pack_files(
    names: Sequence[str], root: Path, source: ConfigurationSite, errors: list[ConfigurationError]
) -> Iterable[Path]:
    """Give the files of the packs ``names``, in their order and each once; paths and globs start at ``root``.

    A name that means no file is added to ``errors``, at ``source``.
    """
    files: dict[Path, None] = {}
    for name in names:
        found = [path.resolve() for path in _candidates(name, root) if path.is_file()]
        files.update(dict.fromkeys(found))
        if not found:
            errors.append(source.error(name, _why_none(name, root)))
    return files


def _candidates(name: str, root: Path) -> list[Path]:
    """The paths that ``name`` means, whether or not they are files."""
    if _is_glob(name):
        from glob import glob

        return [root / found for found in sorted(glob(name, root_dir=root, recursive=True))]
    if _is_path(name):
        return [root / name]
    builtin = builtin_packs().get(name)
    return [builtin] if builtin else []


def _is_glob(name: str) -> bool:
    return any(character in name for character in "*?[") and "\0" not in name


def _is_path(name: str) -> bool:
    return name.endswith(_SUFFIX) or "/" in name or os.sep in name


def _why_none(name: str, root: Path) -> str:
    if _is_glob(name):
        return f"no pack file matches {name!r}"
    if _is_path(name):
        if (root / name).is_dir():
            return f"{name!r} is a directory, not a pack file; did you mean {name.rstrip('/') + '/*.toml'!r}?"
        return f"no pack file {name!r}"
    packs = builtin_packs()
    near = f"./{name}.toml" if (root / f"{name}.toml").is_file() else nearest(name, packs)
    hint = f"did you mean {near!r}?" if near else f"the built-in packs are {', '.join(packs)}"
    return f"no built-in pack {name!r}; {hint}"
