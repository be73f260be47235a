"""The text of a file: bytes decoded as Python decodes them, and places in what they say."""

from __future__ import annotations

import ast

import pytest

from ssot_lint.model import Position
from ssot_lint.source.text import Bytes, NotText, Text

BOM = b"\xef\xbb\xbf"

READABLE: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "", "utf-8"),
    "utf-8": ("é = '日'\n".encode(), "é = '日'\n", "utf-8"),
    "byte order mark": (BOM + b"a\n", "a\n", "utf-8"),
    "nothing but a byte order mark": (BOM, "", "utf-8"),
    "cookie": (b"# coding: latin-1\n# \xe9\n", "# coding: latin-1\n# é\n", "latin-1"),
    "Emacs": (b"# -*- coding: cp1252 -*-\n# \x80\n", "# -*- coding: cp1252 -*-\n# €\n", "cp1252"),
    "Vim": (b"#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n# \xe9", "", "latin-1"),
    "second line": (b"\n# coding: latin-1\n# \xe9\n", "\n# coding: latin-1\n# é\n", "latin-1"),
    "after form feeds": (b"\f\n \f# coding: latin-1\n# \xe9\n", "", "latin-1"),
    "after a carriage return": (b"#\r# coding: latin-1\r# \xe9\r", "", "latin-1"),
    "after a very long line": (b"#" * 5000 + b"\n# coding: latin-1\n# \xe9\n", "", "latin-1"),
    "at the end of a very long line": (b"#" * 5000 + b" coding: latin-1\n# \xe9\n", "", "latin-1"),
    "with the newlines of an editor": (b"# coding: latin-1-unix\n# \xe9\n", "", "latin-1"),
    "with the newlines of another": (b"# coding: UTF_8-dos\r\n# \xc3\xa9\r\n", "", "utf-8"),
    "cookie that agrees with the byte order mark": (BOM + b"# coding: utf8\n", "# coding: utf8\n", "utf-8"),
    "third line": (b"\n\n# coding: latin-1\n# \xc3\xa9\n", "\n\n# coding: latin-1\n# é\n", "utf-8"),
    "cookie after code": (b"a = 1\n# coding: latin-1\n# \xc3\xa9\n", "", "utf-8"),
    "cookie in a string": (b"'''\n# coding: latin-1\n# \xc3\xa9\n'''\n", "", "utf-8"),
    "no cookie at all": (b"# encodings are dull: latin-1\n# \xc3\xa9\n", "", "utf-8"),
}


@pytest.mark.parametrize(("raw", "string", "encoding"), READABLE.values(), ids=list(READABLE))
def test_read_and_write(raw: bytes, string: str, encoding: str) -> None:
    text = Text.read(raw)
    assert text.encoding == encoding
    assert text.string == (string or raw.removeprefix(BOM).decode(encoding))
    assert text.bom == raw.startswith(BOM)
    assert text.encode(text.string) == raw


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "not utf-8": (b"a = 1\r\nb = '\xe9'\r\n", "it is not valid utf-8 (line 2, byte 13)"),
    "not utf-8 behind a byte order mark": (BOM + b"\xe9", "it is not valid utf-8 (line 1, byte 4)"),
    "not what the cookie says": (b"# coding: ascii\n# \xc3\xa9", "it is not valid ascii (line 2, byte 19)"),
    "unknown encoding": (b"# coding: klingon\n", "its coding cookie names an unknown encoding, 'klingon'"),
    "unknown encoding with newlines": (b"# coding: utf-9-unix\n", "unknown encoding, 'utf-9-unix'"),
    "no encoding of text": (b"# coding: hex\n", "its coding cookie names an unknown encoding, 'hex'"),
    "encoding that always fails": (b"# coding: undefined\n", "it cannot be read in its encoding, 'undefined'"),
    "encoding for names of hosts": (b"# coding: punycode\n", "it cannot be read in its encoding, 'punycode'"),
    "byte order mark against cookie": (BOM + b"# coding: latin-1\n", "but its coding cookie says 'latin-1'"),
    "NUL": (b"a = '\0'\n", "it contains a NUL byte"),
    "UTF-16": ("a = 1\n".encode("utf-16"), "it contains a NUL byte"),
    "half characters": (b"# coding: raw_unicode_escape\n'\\ud800'", "it holds halves of characters"),
    "surrogates": (b"'\xed\xa0\x80'", "it is not valid utf-8 (line 1, byte 2)"),
}


@pytest.mark.parametrize(("raw", "message"), UNREADABLE.values(), ids=list(UNREADABLE))
def test_what_python_could_not_read_either(raw: bytes, message: str) -> None:
    with pytest.raises(NotText) as raised:
        Text.read(raw)
    assert message in str(raised.value)
    with pytest.raises((SyntaxError, ValueError, LookupError, UnicodeError)):
        compile(raw, "file.py", "exec")


def test_a_nul_that_only_the_encoding_shows() -> None:
    with pytest.raises(NotText, match="it contains a NUL byte"):
        Text.read(b"# coding: utf-7\n# +AAA-\n")


def test_something_can_always_be_read() -> None:
    raw = BOM + b"import a\0\n\xff\xfe\nimport b\n"
    assert Text.read_anyway(raw).string == "import a \n\ufffd\ufffd\nimport b\n"


LINES = "a\r\nb\rc\nd\fe\x0b\x1c\x85\u2028f\n"


def test_lines_end_where_python_ends_them() -> None:
    text = Text(LINES)
    rows = [LINES[start : text.line_end(start)] for start in text.line_starts]
    assert rows == ["a", "b", "c", "d\fe\x0b\x1c\x85\u2028f", ""]
    assert [text.row(LINES.index(letter)) for letter in "abcdef"] == [1, 2, 3, 4, 4, 4]
    assert text.row(len(LINES)) == 5


@pytest.mark.parametrize("string", [LINES, "", "no newline", "é日\n𝐚\n"])
def test_positions_and_offsets_are_each_others_inverse(string: str) -> None:
    text = Text(string)
    for offset in range(len(string) + 1):
        position = text.position(offset)
        assert text.offset(position) == offset
        assert text.line_start(offset) <= offset
        assert position.column == offset - text.line_start(offset) + 1


def test_range_columns_count_characters() -> None:
    found = Text("é = '日本' # x\n").range(5, 8)
    assert (found.start, found.end) == (Position(1, 6), Position(1, 9))


@pytest.mark.parametrize(
    ("string", "newline"), [("a\r\nb\n", "\r\n"), ("a\rb\n", "\r"), ("a\nb\r\n", "\n"), ("a", "\n"), ("\r", "\r")]
)
def test_the_newline_of_a_file_is_its_first(string: str, newline: str) -> None:
    assert Text(string).newline == newline


def test_indentation() -> None:
    string = "if 1:\r  \t\fx = 'y'"
    assert Text(string).indentation(string.index("'")) == "  \t\f"
    assert Text(string).indentation(2) == ""


@pytest.mark.parametrize(
    "string",
    [
        "a = b\n",
        "é = 'ü'; b = '日本語', c, '𝐚'; d\n",
        "'é'\r\n\n\fé; b\rx = '\u2028', b\n",
        "# é\nf('é' +\n  'é', b); 日\n",
        "é",
    ],
)
def test_places_of_ast(string: str) -> None:
    text = Text(string)
    for node in ast.walk(ast.parse(string)):
        if isinstance(node, (ast.Name, ast.Constant)):
            assert node.end_lineno is not None
            assert node.end_col_offset is not None
            start = text.from_ast(node.lineno, node.col_offset)
            end = text.from_ast(node.end_lineno, node.end_col_offset)
            assert ast.dump(ast.parse(string[start:end], mode="eval").body) == ast.dump(
                ast.parse(ast.unparse(node), mode="eval").body
            )


@pytest.mark.parametrize("string", ["", "abc", "éa日本b𝐚", "aé", "日"])
def test_bytes_and_offsets(string: str) -> None:
    count = Bytes(string)
    starts = [len(string[:offset].encode()) for offset in range(len(string) + 1)]
    assert [count.of(offset) for offset in range(len(string) + 1)] == starts
    assert [count.offset(byte) for byte in starts] == list(range(len(string) + 1))


def test_a_byte_in_a_character_is_of_that_character() -> None:
    assert [Bytes("a日b").offset(byte) for byte in range(6)] == [0, 1, 1, 1, 2, 3]
