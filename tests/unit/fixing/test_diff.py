from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ssot_lint.fixing import unified_diff

LONG = "".join(f"line {number}\n" for number in range(1000)).encode()
NO_ENDS = "\x0cb\x0b\x1c\x85 \u2028".encode()
"""What ``str.splitlines`` takes for ends of lines, and git does not."""

CASES = {
    "plain": (b"a\nb\nc\n", b"a\nB\nc\n"),
    "first and last line": (b"a\nb\nc\n", b"A\nb\nC\n"),
    "no newline at the end": (b"a\nb", b"a\nB"),
    "newline at the end gained": (b"a\nb", b"a\nb\n"),
    "newline at the end lost": (b"a\nb\n", b"a\nb"),
    "no newline, change elsewhere": (b"a\nb\nc\nd\ne\nf", b"A\nb\nc\nd\ne\nf"),
    "crlf": (b"a\r\nb\r\nc\r\n", b"a\r\nB\r\nx\r\nc\r\n"),
    "mixed newlines": (b"a\r\nb\nc\rd\n", b"a\r\nB\nc\rd\n"),
    "other ends of lines": (b"a\n" + NO_ENDS + b"\nc\n", b"A\n" + NO_ENDS + b"\nC\n"),
    "latin-1": (b"# coding: latin-1\nx = '\xe9'\ny = 1\n", b"# coding: latin-1\nx = '\xe9'\ny = '\xe8'\n"),
    "byte order mark": (b"\xef\xbb\xbfa\nb\n", b"\xef\xbb\xbfA\nb\n"),
    "all removed": (b"a\nb\n", b""),
    "only insertion": (b"a\nb\n", b"a\nx\nb\n"),
    "only insertion at the end": (b"a\nb\n", b"a\nb\nx\n"),
    "only removal": (b"a\nx\nb\n", b"a\nb\n"),
    "repeated lines": (b"x\n" * 10, b"x\n" * 12),
    "far apart": (LONG, LONG.replace(b"line 5\n", b"five\n").replace(b"line 900\n", b"")),
    "at the end of a long file": (LONG, LONG + b"more\n"),
    "like a header": (b"a\n-- b\n++ c\n", b"a\n-- B\n++ C\n"),
}  # fmt: skip
NAMES = [
    "plain.py",
    "deep/er/plain.py",
    "with space.py",
    "ünï.py",
    'quo"te.py',
    "back\\slash.py",
    "tab\there.py",
    "new\nline.py",
    "a -> b.py",
    "C:\\Users\\somebody\\copy.py",
    os.fsdecode(b"latin-\xe9.py"),
]


def apply_with_git(directory: Path, path: str, before: bytes, diff: str) -> bytes:
    file = directory / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before)
    for check in (["--check"], []):
        command = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", *check, "-"]
        done = subprocess.run(
            command, cwd=directory, input=diff.encode("utf-8", "surrogateescape"), capture_output=True, check=False
        )
        assert done.returncode == 0, f"{done.stderr.decode()}\n{diff}"
    return file.read_bytes() if file.exists() else b""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    return tmp_path


@pytest.mark.parametrize("case", CASES)
def test_git_applies_it(case: str, repository: Path) -> None:
    before, after = CASES[case]
    assert apply_with_git(repository, "file.py", before, unified_diff("file.py", before, after)) == after


@pytest.mark.parametrize("name", NAMES)
def test_git_finds_the_file(name: str, repository: Path) -> None:
    before, after = b"a\nb\n", b"a\nB\n"
    assert apply_with_git(repository, name, before, unified_diff(name, before, after)) == after


def test_several_files_in_one_diff(repository: Path) -> None:
    (repository / "b.py").write_bytes(b"x")
    diff = unified_diff("a.py", b"x", b"y") + unified_diff("b.py", b"x", b"z")
    assert apply_with_git(repository, "a.py", b"x", diff) == b"y"
    assert (repository / "b.py").read_bytes() == b"z"


def test_what_it_looks_like() -> None:
    assert unified_diff("pkg/a b.py", b"one\ntwo\r\nthree", b"one\n2\r\nthree") == (
        "--- a/pkg/a b.py\t\n+++ b/pkg/a b.py\t\n"
        "@@ -1,3 +1,3 @@\n one\n-two\r\n+2\r\n three\n\\ No newline at end of file\n"
    )


def test_a_file_that_becomes_empty() -> None:
    assert "@@ -1,2 +0,0 @@\n" in unified_diff("a.py", b"a\nb\n", b"")


def test_no_change_no_diff() -> None:
    assert unified_diff("a.py", b"same\n", b"same\n") == ""


def test_context_is_three_lines() -> None:
    lines = [f"{number}\n".encode() for number in range(20)]
    diff = unified_diff("a.py", b"".join(lines), b"".join([*lines[:10], b"new\n", *lines[11:]]))
    assert diff.splitlines()[2:] == ["@@ -8,7 +8,7 @@", " 7", " 8", " 9", "-10", "+new", " 11", " 12", " 13"]
