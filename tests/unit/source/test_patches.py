"""What patches and imports by name name."""

from __future__ import annotations

import ast

import pytest

from ssot_lint.source.patches import faked_modules, quoted_names


def quoted(code: str) -> list[tuple[str, str, str | None, bool]]:
    """Give what the one call that is ``code`` names: the name, its use, its owner, whether it is mock's."""
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    return [
        (found.name, found.use, ast.unparse(found.owner) if found.owner else None, found.by_mock)
        for found in quoted_names(call)
    ]


@pytest.mark.parametrize("name", ["patch", "mock.patch", "unittest.mock.patch", "mocker.patch", "self.mocks().patch"])
def test_patch_by_whatever_path(name: str) -> None:
    assert quoted(f"{name}('a.b', new)") == [("a.b", "replaced", None, True)]
    assert quoted(f"{name}(target='a.b')") == [("a.b", "replaced", None, True)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("patch.object(a.b, 'c')", ("c", "replaced", "a.b", True)),
        ("mocker.patch.object(target=a, attribute='c')", ("c", "replaced", "a", True)),
        ("patch.dict('a.B', {})", ("a.B", "object", None, False)),
        ("patch.dict(in_dict='a.B')", ("a.B", "object", None, False)),
        ("monkeypatch.setattr('a.b', 1)", ("a.b", "replaced", None, False)),
        ("monkeypatch.setattr('a.b', 1, raising=True)", ("a.b", "replaced", None, False)),
        ("monkeypatch.setattr(a, 'b', 1)", ("b", "replaced", "a", False)),
        ("mp.delattr(a, name='b')", ("b", "replaced", "a", False)),
        ("monkeypatch.delattr('a.b')", ("a.b", "replaced", None, False)),
        ("importlib.import_module('a.b')", ("a.b", "module", None, False)),
        ("import_module(name='a')", ("a", "module", None, False)),
        ("__import__('a.b', fromlist=['c'])", ("a.b", "module", None, False)),
        ("importlib.util.find_spec('a.b')", ("a.b", "spec", None, False)),
    ],
)
def test_whatever_takes_a_name(code: str, expected: tuple[str, str, str | None, bool]) -> None:
    assert quoted(code) == [expected]


def test_patch_multiple_names_attributes_by_its_keywords() -> None:
    assert quoted("patch.multiple('a.b', c=1, spec=True, d=2)") == [
        ("a.b", "object", None, False),
        ("a.b.c", "replaced", None, True),
        ("a.b.d", "replaced", None, True),
    ]
    assert quoted("patch.multiple(a, c=1)") == [("c", "replaced", "a", True)]
    assert quoted("patch.multiple(target='a', c=1)") == [("a", "object", None, False), ("a.c", "replaced", None, True)]


@pytest.mark.parametrize(
    "code",
    [
        "patch('a.b', create=True)",
        "patch('a.b', create=may)",
        "patch('a.b', **options)",
        "patch.object(a, 'b', create=True)",
        "patch.multiple('a', create=True, b=1)",
        "monkeypatch.setattr('a.b', 1, raising=False)",
        "setattr('a.b', 'c', 1)",
        "patch(name)",
        "patch()",
        "patch(*names)",
        "patch(f'a.{b}')",
        "patch.object('a.b', 'c')",
        "patch.stopall('a.b')",
        "dispatch('a.b')",
        "import_module('.b', 'a')",
        "self.dict('a.b')",
        "calls[0]('a.b')",
    ],
)
def test_what_is_no_name_that_has_to_be_there(code: str) -> None:
    assert quoted(code) == []


@pytest.mark.parametrize(
    "code",
    [
        "sys.modules['a.b'] = x",
        "modules['a.b'] = x",
        "sys.modules.update({'a.b': x})",
        "sys.modules.setdefault('a.b', x)",
        "with patch.dict('sys.modules', {'a.b': x}): ...",
        "monkeypatch.setitem(sys.modules, 'a.b', x)",
    ],
)
def test_modules_that_a_file_makes_up(code: str) -> None:
    assert "a.b" in faked_modules(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["del sys.modules['a.b']", "sys.modules.pop('a.b')", "'a.b' in sys.modules", "f('a.b')"]
)
def test_modules_that_a_file_does_not_make_up(code: str) -> None:
    assert faked_modules(ast.parse(code)) == frozenset()
