"""Comments and logical lines: where Python's tokenizer sees them, and on every text."""

from __future__ import annotations

import asyncio
import email
import io
import itertools
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ssot_lint
from ssot_lint.source.comments import Comment, comments_and_lines

LAYOUT = {tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
HOMES = [Path(module.__file__).parent for module in (asyncio, email, ssot_lint) if module.__file__]


def tokenized(text: str) -> tuple[list[tuple[int, int, str]], list[tuple[int, int]]]:
    """Comments and the first and last row of each logical line, as the standard library sees them."""
    comments, lines = [], []
    first, last = 0, 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            comments.append((token.start[0], token.start[1] + 1, token.string))
        elif token.type == tokenize.NEWLINE:
            if first:
                lines.append((first, last))
            first = 0
        elif token.type not in LAYOUT:
            first, last = first or token.start[0], token.end[0]
    return comments, lines


def read(text: str) -> tuple[list[tuple[int, int, str]], list[tuple[int, int]]]:
    comments, lines = comments_and_lines(text)
    return [(c.row, c.column, c.text) for c in comments], [(line.first, line.last) for line in lines]


def rows(text: str) -> list[tuple[int, int]]:
    return read(text)[1]


@pytest.mark.parametrize("path", sorted(path for home in HOMES for path in home.glob("*.py")), ids=str)
def test_real_files_are_read_as_the_tokenizer_reads_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read(text) == tokenized(text)


@pytest.mark.parametrize(
    "text",
    [
        's = "# no"  # yes\n',
        "s = '''\n# no\n'''  # yes\n",
        's = """a\\"""# no""" # yes\n',
        "s = 'it\\'s # no'  # yes\n",
        "s = 'one \\\n# no'  # yes\n",
        "s = rb'\\'  # no'  # yes\n",
        "x = ''  # yes\ny = ''''''  # yes\n",
        "x = [\n    # alone\n    1,  # beside\n]  # end\n",
        "if x: y = 1  # c\nz = (1 +\n     2); w = 3\n",
        "x = 1 + \\\n    2  # c\n",
        "@a\n@b(\n  c\n)\ndef f(\n  x,\n):\n    return x\n",
        "\f# after a form feed\nx = 1\n",
        "é = '🐍'  # wide\n",
        "x = 1  # no newline at the end",
        "",
    ],
)
def test_small_texts_are_read_as_the_tokenizer_reads_them(text: str) -> None:
    assert read(text) == tokenized(text)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_every_newline_of_python_counts(newline: str) -> None:
    text = "x = (\n    1,  # one\n)\n# two\n"
    assert read(text.replace("\n", newline)) == read(text)


def test_a_comment_knows_whether_it_is_alone() -> None:
    comments, _ = comments_and_lines("# a\nx = '''\n'''  # b\n    # c\nx = 1 \\\n# d\n")
    assert comments == (
        Comment(1, 1, "# a", alone=True),
        Comment(3, 6, "# b", alone=False),
        Comment(4, 5, "# c", alone=True),
        Comment(6, 1, "# d", alone=True),
    )


def test_tokens_are_listed_with_their_rows() -> None:
    _, (line,) = comments_and_lines("from a import (\n    b,  # c\n)\n")
    assert line.tokens == ((1, "from"), (1, "a"), (1, "import"), (1, "("), (2, "b"), (2, ","), (3, ")"))


def test_the_same_quotes_within_an_f_string() -> None:
    assert read('x = f"{d["a"]}"  # yes\n')[0] == [(1, 18, "# yes")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call(\n    1,\nimport a\nx = 1\n", [(1, 2), (3, 3), (4, 4)]),
        ("call((\n    1\ndef f(): pass\nx = 1\n", [(1, 2), (3, 3), (4, 4)]),
        ("call)\n1\n", [(1, 1), (2, 2)]),
        ("call)\nfrom a import (\n    b)\n", [(1, 1), (2, 3)]),
    ],
)
def test_a_bracket_without_a_partner_ends_at_the_next_statement(text: str, expected: list[tuple[int, int]]) -> None:
    assert rows(text) == expected


def test_a_quote_that_does_not_match_ends_with_its_line() -> None:
    assert read("x = 'open\ny = 1  # yes\n") == ([(2, 8, "# yes")], [(1, 1), (2, 2)])


@given(st.text(alphabet="ab #'\"\\()[]{}\n\r\f", max_size=60))
def test_any_text_has_an_answer_that_accounts_for_its_rows(text: str) -> None:
    comments, lines = comments_and_lines(text)
    assert all("\n" not in comment.text for comment in comments)
    assert all(line.first <= line.last for line in lines)
    assert all(before.last <= after.first for before, after in itertools.pairwise(lines))
