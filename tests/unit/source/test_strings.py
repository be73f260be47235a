from __future__ import annotations

import pytest

from ssot_lint.source.strings import strings_and_comments

CODE = {
    "none": ("a = b\n", []),
    "each kind": ("a = 'b' + \"c\"  # d\n", ["'b'", '"c"', "# d"]),
    "empty": ("'' \"\" '''''' \"\"\"\"\"\"", ["''", '""', "''''''", '""""""']),
    "prefix": ("rb'\\'' f\"\"", ["'\\''", '""']),
    "escaped": (r"'a\'b' 'a\\' 'b'", [r"'a\'b'", r"'a\\'", "'b'"]),
    "over lines": ("'''a\n'b'\n''' c", ["'''a\n'b'\n'''"]),
    "four quotes": ("'''a'''' '", ["'''a'''", "' '"]),
    "quotes in others": ("'\"' \"'\" # '\n'''\"\"\"''' c", ["'\"'", '"\'"', "# '", "'''\"\"\"'''"]),
    "comment sign in a string": ("'#' # '#'", ["'#'", "# '#'"]),
    "continued": ("'a\\\n#b' c", ["'a\\\n#b'"]),
    "continued with CRLF": ("'a\\\r\n#b' c", ["'a\\\r\n#b'"]),
    "carriage return": ("# a\rb = 'c'\r", ["# a", "'c'"]),
    "unterminated": ("a = don't\nb = 'c'\n", ["'t", "'c'"]),
    "unterminated with three": ("'''a\nb = 'c'\n''\n", ["'c'", "''"]),
    "two unterminated with three": ('"""a\n\'\'\'b\n"c" \'\'\' """ d\n', ['"""a\n\'\'\'b\n"c" \'\'\' """']),
    "at the end": ("'", ["'"]),
    "backslash at the end": ("'a\\", ["'a"]),
}


@pytest.mark.parametrize(("code", "found"), CODE.values(), ids=list(CODE))
def test_strings_and_comments(code: str, found: list[str]) -> None:
    assert [code[start:end] for start, end in strings_and_comments(code)] == found


@pytest.mark.parametrize("code", ["'''" + "\\'''" * 20_000, "\\'" * 20_000, '"""a\n' * 20_001, "'''\"\"\"" * 20_001])
def test_unterminated_strings_take_no_longer(code: str) -> None:
    """Each would take minutes if every quote were followed to the end."""
    assert sum(end - start for start, end in strings_and_comments(code)) <= len(code)
