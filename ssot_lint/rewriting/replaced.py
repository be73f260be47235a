"""What a project puts in the place of a name at run time: mocks, mostly.

A name that is looked up when code runs, and not when its module is imported, may be something else by then; looked up
elsewhere, it would not be. These questions are answered from the words of the files, and in doubt with yes.
"""

from __future__ import annotations

import re

from ssot_lint.file import File, plain
from ssot_lint.rewriting.names import split

QUOTES = ("'", '"')
SETTER = re.compile(rb"patch|setattr|delattr")


def may_be_replaced(file: File, name: str) -> bool:
    """Tell whether some file of the project may replace what the dotted ``name`` stands for.

    A string spells it, an assignment sets its last name, or that is named to ``patch.object``, ``setattr`` or the like.
    """
    return file.project.once(("replaced", plain(name)), lambda: _is_replaced(file, name))


def _is_replaced(file: File, name: str) -> bool:
    module, last = split(name)
    owner = module.rpartition(".")[2]
    project = file.project
    if not project.mentions(owner, last):
        return False
    if is_spelled(file, plain(name)):
        return True
    word = re.escape(last.encode())
    stored = re.compile(rb"(?<!\bself)(?<!\bcls)\.%b\s*=(?!=)" % word)
    named = re.compile(rb"(?:object|setattr|delattr|multiple)\([^)]*?(?:[\"']%b[\"']|\b%b\s*=)" % (word, word))
    assigned = {path for sign in ("=", " =") for path in project.mentions(owner, f".{last}{sign}")}
    quoted = {path for text in (f"'{last}'", f'"{last}"', f"{last}=") for path in project.mentions(owner, text)}
    return _any_holds(file, assigned, stored) or _any_holds(file, quoted, named)


def is_spelled(file: File, name: str) -> bool:
    """Tell whether a string that begins with ``name`` may tell ``patch`` or the like what to replace.

    In a file without any of those it may still be handed to them, unless it stands in an annotation.
    """
    paths = {path for quote in QUOTES for path in file.project.mentions(f"{quote}{name}")}
    string = re.compile(rb"(:|->)?[ \t]*[\"']%b\b" % re.escape(name.encode()))
    for path in paths:
        raw = file.project.read(path) or b""
        found = list(string.finditer(raw))
        if any(not match[1] for match in found) or (found and SETTER.search(raw)):
            return True
    return False


def module_may_be_replaced(file: File, module: str) -> bool:
    """Tell whether some file of the project puts something else in the place of the whole ``module``.

    That is by its name in ``sys.modules``, set there or handed to ``patch.dict`` or the like.
    """
    return file.project.once(("module replaced", module), lambda: _is_module_replaced(file, module))


def _is_module_replaced(file: File, module: str) -> bool:
    paths = {path for quote in QUOTES for path in file.project.mentions("sys.modules", f"{quote}{module}{quote}")}
    name = rb"[\"']%b[\"']" % re.escape(module.encode())
    set_there = rb"sys\.modules(?:\[\s*%b\s*\]\s*=(?!=)|\.(?:update|setdefault)\([^}]{0,500}?%b)" % (name, name)
    handed_on = rb"(?:setitem|\.dict)\(\s*[\"']?sys\.modules[^}]{0,500}?%b" % name
    return _any_holds(file, paths, re.compile(set_there + b"|" + handed_on))


def _any_holds(file: File, paths: set[str], pattern: re.Pattern[bytes]) -> bool:
    return any(pattern.search(file.project.read(path) or b"") for path in paths)


def is_stored_here(file: File, name: str) -> bool:
    """Tell whether the file itself sets or deletes the dotted ``name`` as an attribute of its module."""
    return any(
        plain(name) in map(plain, reference.names)
        for use in file.uses
        if use.stored and len(use.path) > 1 and use.path[-1] == split(name)[1]
        if (reference := file.refer(use.path, use.start)) is not None
    )
