"""Tables of a TOML file as frozen dataclasses: the fields say which keys there are, and of what type.

A key is the name of its field with ``-`` for ``_``, without a trailing ``_``; a field without a default is a required
key. Whatever is wrong is noted at its place, and reading goes on, so that all errors of a file are said at once.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Final, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from ssot_lint.globs import nearest
from ssot_lint.toml.errors import ConfigurationError
from ssot_lint.toml.reading import TomlFile, show_path

T = TypeVar("T")

INVALID: Final = object()
"""What ``read_value`` gives for a value of the wrong type, after it has noted the error."""

_SCALARS = {bool: "true or false", int: "a whole number", str: "a string"}


class Place(NamedTuple):
    """A place in a TOML file: its ``keys``, and the list that collects the errors.

    Messages call it by its keys without the first ``unnamed`` ones, such as the number of a rule that has an id.
    """

    file: TomlFile
    errors: list[ConfigurationError]
    keys: tuple[str | int, ...] = ()
    unnamed: int = 0
    rule_id: str | None = None

    def at(self, *keys: str | int) -> Place:
        """Give the place of a key in the table, or of an element in the list, at this place; or of one deeper in it."""
        return self._replace(keys=(*self.keys, *keys))

    def complain(self, message: str, key: str | None = None) -> None:
        """Note the error ``message``, in the row of ``key`` if that is given."""
        keys = self.keys if key is None else (*self.keys, key)
        label = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.keys[self.unnamed :])
        text = f"{label.removeprefix('.')!r}: {message}" if label else message
        self.errors.append(self.file.error(keys, text, self.rule_id))

    @property
    def where(self) -> str:
        """How a message names this place from elsewhere, ``path:row``."""
        return f"{show_path(self.file.path)}:{self.file.line(*self.keys)}"


class _Option(NamedTuple):
    field: str
    type: Any
    required: bool


def read_table(
    cls: Callable[..., T],
    table: Any,
    place: Place,
    internal: Mapping[str, Any] | None = None,
    others: Collection[str] = (),
) -> T | None:
    """Make a ``cls`` of ``table``; ``None`` if anything is wrong, which is then noted at ``place``.

    ``internal`` are the fields that no key sets; ``others`` are keys that the caller reads by itself.
    """
    internal = internal or {}
    if not isinstance(table, dict):
        place.complain(f"expected a table, got {describe(table)}")
        return None
    errors_before = len(place.errors)
    options = {key: option for key, option in _options(cls).items() if option.field not in internal}
    check_keys(table, place, {*options, *others}, [key for key, option in options.items() if option.required])
    values = {
        option.field: _read(option.type, table[key], place, key) for key, option in options.items() if key in table
    }
    return cls(**values, **internal) if len(place.errors) == errors_before else None


def check_keys(table: Mapping[str, Any], place: Place, known: Collection[str], required: Collection[str]) -> None:
    """Note keys of ``table`` that are not ``known``, and those that are ``required`` and missing.

    A key that is missing because it is mistyped is one mistake and one error.
    """
    meant = set()
    for key in table:
        if key not in known:
            place.complain(f"unknown key {key!r}{did_you_mean(key, known)}", key)
            meant.add(nearest(key, known))
    for key in required:
        if key not in table and key not in meant:
            place.complain(f"missing key {key!r}")


def read_value(expected: Any, value: Any, place: Place) -> Any:
    """Give ``value`` as an option of the type ``expected``, or ``INVALID`` after noting what is wrong at ``place``.

    Lists become tuples, tables mappings or dataclasses. A mapping of names to plain values may be written with dots,
    ``a.b = 1`` for ``"a.b" = 1``: tables in it are taken for parts of the names. Raises ``TypeError`` for a type that
    no option can have.
    """
    if expected in _SCALARS:
        return value if type(value) is expected else _mismatch(_SCALARS[expected], value, place)
    origin = get_origin(expected)
    if origin is Literal:
        return _read_choice({choice: choice for choice in get_args(expected)}, value, place)
    if origin in (Union, types.UnionType):
        (inner,) = (choice for choice in get_args(expected) if choice is not types.NoneType)
        return read_value(inner, value, place)
    if origin is tuple:
        return _read_list(get_args(expected)[0], value, place)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _read_mapping(get_args(expected)[1], value, place)
    if isinstance(expected, type) and issubclass(expected, Enum):
        return _read_choice({member.value: member for member in expected}, value, place)
    if isinstance(expected, type) and is_dataclass(expected):
        table = read_table(expected, value, place)
        return INVALID if table is None else table
    raise TypeError(f"an option cannot be of type {expected}")


def flatten(table: Mapping[str, Any]) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Give the dotted name, the value and the keys of all that is in ``table`` and the tables in it."""
    for key, value in table.items():
        if isinstance(value, dict) and value:
            for name, inner, keys in flatten(value):
                yield f"{key}.{name}", inner, (key, *keys)
        else:
            yield key, value, (key,)


def describe(value: Any) -> str:
    """Say what ``value`` is in the words of someone who writes TOML."""
    if isinstance(value, str):
        return _quote(value) if len(value) <= 40 and value.isprintable() else "a string"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"


def did_you_mean(word: str, choices: Collection[str]) -> str:
    """Give the end of a message about an unknown ``word``: the nearest of ``choices``, or nothing."""
    near = nearest(word, choices)
    return f"; did you mean {near!r}?" if near else ""


@cache
def _options(cls: Any) -> Mapping[str, _Option]:
    types_of_fields = get_type_hints(cls)
    return {
        field.name.rstrip("_").replace("_", "-"): _Option(
            field.name,
            types_of_fields[field.name],
            field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(cls)
        if field.init
    }


def _read(expected: Any, value: Any, place: Place, *keys: str | int) -> Any:
    """``read_value`` at ``keys`` of ``place``, made quick for what most values are: plain, and right."""
    return value if type(value) is expected else read_value(expected, value, place.at(*keys))


def _read_choice(choices: Mapping[Any, Any], value: Any, place: Place) -> Any:
    if isinstance(value, str) and value in choices:
        return choices[value]
    *first, last = map(_quote, choices)
    near = did_you_mean(value, choices) if isinstance(value, str) else ""
    return _mismatch(f"{', '.join(first)} or {last}" if first else last, value, place, near)


def _read_list(expected: Any, value: Any, place: Place) -> Any:
    if not isinstance(value, list):
        return _mismatch(f"a list of {_plural(expected)}", value, place)
    return tuple(_read(expected, element, place, index) for index, element in enumerate(value))


def _read_mapping(expected: Any, value: Any, place: Place) -> Any:
    if not isinstance(value, dict):
        return _mismatch(f"a table of {_plural(expected)}", value, place)
    if is_dataclass(expected):
        return {key: _read(expected, inner, place, key) for key, inner in value.items()}
    mapping: dict[str, Any] = {}
    for name, inner, keys in flatten(value):
        if name in mapping:
            place.at(*keys).complain("is there twice, with and without quotes")
        mapping[name] = _read(expected, inner, place, *keys)
    return mapping


def _mismatch(expected: str, value: Any, place: Place, near: str = "") -> Any:
    place.complain(f"expected {expected}, got {describe(value)}{near}")
    return INVALID


def _plural(expected: Any) -> str:
    if get_origin(expected) is tuple:
        return "lists"
    return {str: "strings", int: "whole numbers"}.get(expected, "tables")


def _quote(text: str) -> str:
    return f'"{text}"'
