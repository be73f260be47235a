"""Pieces parsed by LibCST: every node has its place in the file, and nothing ends the run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ssot_lint.source.text import Text
from ssot_lint.source.trees import LONGEST, Piece, Tree, Unreadable, whole_module


def words(code: str, piece: Piece | None = None) -> Iterator[tuple[str, str]]:
    """Each word of a piece as LibCST knows it, with the text at its place."""
    text = Text(code)
    tree = Tree(text, piece or whole_module(text))
    for node in tree.nodes():
        if type(node).__name__ in ("Name", "SimpleString", "Integer"):
            start, end = tree.span(node)
            yield getattr(node, "value"), code[start:end]  # noqa: B009


CODE = {
    "ascii": "a = b.c('d', 1)\n",
    "wide characters": "é = '日本', b; 𝐚 = é.b\n",
    "wide before": "# é 日 𝐚\n'ü'; a.b\n",
    "CRLF": "é = b\r\nif a:\r\n    b.c\r\n",
    "carriage returns": "é = b\rif a:\r    b.c # d\r\r",
    "all newlines": "a = b\r\nb\rc\nd\r\r\ne",
    "no newline": "a = b",
    "tabs": "if\ta:\n\tb\t=\tc\n",
    "form feed in a line": "a\f=\fb\n",
    "form feed on a line": "a\n\f\nclass b:\n    c\n  \f\n    d\n",
    "form feed before a line": "a\n\fclass b:\n    c\n  \f    d\n",
    "form feed before all": "\f\fa\n\fb\n",
    "form feed after CRLF": "a  # b\r\n\f\r\n\fb\r\n",
    "form feed in a string": "a = 'b\fc'\n",
    "comments": "# a\na  # b\n# c",
    "nothing": "",
}


@pytest.mark.parametrize("code", CODE.values(), ids=list(CODE))
def test_every_word_has_its_place(code: str) -> None:
    found = list(words(code))
    assert bool(found) == bool(code)
    assert [known for known, _ in found] == [there.replace("\f", " ") for _, there in found]


def test_pieces_have_the_places_of_the_file() -> None:
    code = "'é'; a, b; c\n"
    assert list(words(code, Piece(5, 9))) == [("a", "a"), ("b", "b")]
    assert list(words(code, Piece(5, 9, "(", ")"))) == [("a", "a"), ("b", "b")]
    piece = Piece(11, 12, "if 1:\n ", "\n")
    assert list(words(code, piece))[1:] == [("c", "c")]


def test_outer_nodes_come_before_inner_ones_in_the_order_of_the_text() -> None:
    tree = Tree(Text("@a\ndef f(b=c): return d.e\n"), Piece(0, 26))
    names = [getattr(node, "value", "") for node in tree.nodes() if type(node).__name__ == "Name"]
    assert sorted(names) == ["a", "b", "c", "d", "e", "f"]
    kinds = [type(node).__name__ for node in tree.nodes()]
    assert kinds[0] == "Module"
    assert kinds.index("FunctionDef") < kinds.index("Return") < kinds.index("Attribute")


def test_byte_spans_count_bytes_of_the_piece() -> None:
    tree = Tree(Text("x; é = b"), Piece(3, 8))
    assert [tree.byte_span(node) for node in tree.nodes() if type(node).__name__ == "Name"] == [(0, 2), (5, 6)]


HOPELESS = {
    "broken": ("a = (", "LibCST cannot parse"),
    "Python 2": ("print 'a'", "LibCST cannot parse"),
    "template string beside a string": ("a = 'b' t'{c}'", "LibCST cannot parse"),
    "NUL": ("a\0b", "LibCST cannot parse"),
    "half a character": ("a = '\ud800'", "LibCST cannot parse"),
    "brackets": ("(" * 5000 + ")" * 5000, "nested too deeply"),
    "open brackets": ("[" * 50_000, "nested too deeply"),
    "attributes": ("a" + ".b" * 400, "nested too deeply"),
    "many attributes": ("a" + ".b" * 50_000, "nested too deeply"),
    "negations": ("not " * 50_000 + "a", "nested too deeply"),
    "too long": ("a, " * (LONGEST // 3 + 1), f"a statement of {LONGEST + 1} characters is too long"),
}


@pytest.mark.parametrize(("code", "message"), HOPELESS.values(), ids=list(HOPELESS))
def test_what_cannot_be_read(code: str, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        Tree(Text(code), Piece(0, len(code)))
