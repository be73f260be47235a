"""The comment for a pull request."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ssot_lint.model import FileReport, Report, SetAside

Lines = Callable[..., list[str]]


def test_the_whole(report: Report, lines: Lines) -> None:
    assert (
        "\n".join(lines("markdown", report))
        == """\
<!-- ssot-lint -->
### ssot-lint: 3 violations

| Rule | | Violations | Fixable |
|---|---|---:|---:|
| WS101 | legacy-import | 1 | 1 |
| WS201 | direct-instantiation | 1 | 0 |
| WS301 | module-singleton | 1 | 0 |

<details><summary>Where</summary>

| Place | Rule | What is wrong |
|---|---|---|
| `app/x.py:1` | WS101 | [*] app.old.Thing moved to app.new.Thing \\[SOC2\\] |
| `app/x.py:1` | WS301 | it is one |
| `app/y, z.py:2` | WS201 | Thing: 100% built,␍␊here; ␛\\[2J\\<b\\>\\`a\\`\\|b\\</b\\> \ufffe @\u200bd #\u200b1 \\] |

[*] `ssot-lint fix` repairs it.

</details>

> [!WARNING]
> `app/z.py`: not fixed: read-only"""
    )


def test_of_nothing(clean: Report, lines: Lines) -> None:
    assert lines("markdown", clean) == ["<!-- ssot-lint -->", "### ssot-lint: all checks passed"]


def test_failures_alone_do_not_pass(report: Report, lines: Lines) -> None:
    what = Report(report.files[2:], 1)
    assert lines("markdown", what)[1] == "### ssot-lint: not everything could be checked"


def test_what_was_there_before_is_counted(report: Report, lines: Lines) -> None:
    old = replace(report.files[0].violations[0], set_aside=SetAside("baseline"))
    what = Report((FileReport("app/x.py", (report.files[0].violations[1],), accepted=(old, old)),), 1, compared=True)
    found = lines("markdown", what)
    assert found[1] == "### ssot-lint: 1 new violation"
    assert found[-1] == "2 more violations were there before."


@pytest.mark.parametrize(
    ("environment", "link"),
    [
        (
            {"GITHUB_SERVER_URL": "https://g.org", "GITHUB_REPOSITORY": "a/b", "GITHUB_SHA": "0123"},
            "https://g.org/a/b/blob/0123/back%20end/app/x.py#L1",
        ),
        (
            {"CI_PROJECT_URL": "https://g.org/a/b", "CI_COMMIT_SHA": "0123"},
            "https://g.org/a/b/-/blob/0123/back%20end/app/x.py#L1",
        ),
    ],
)
def test_places_are_links_where_the_host_is_known(
    environment: dict[str, str], link: str, report: Report, lines: Lines, tmp_path: Path
) -> None:
    (tmp_path / "back end").mkdir()
    checkout = {"GITHUB_WORKSPACE": str(tmp_path)}
    text = "\n".join(lines("markdown", report, tmp_path / "back end", **environment, **checkout))
    assert f"| [`app/x.py:1`]({link}) | WS101 |" in text


def test_it_is_never_too_long_for_a_comment(report: Report, lines: Lines) -> None:
    long = replace(report.files[0].violations[0], message="x" * 10_000)
    text = "\n".join(lines("markdown", Report((FileReport("app/x.py", (long,) * 5000),), 1)))
    assert len(text) < 65_536
    assert "\nAnd 4900 more.\n" in text


def test_a_place_with_a_backtick_is_code_all_the_same(report: Report, lines: Lines) -> None:
    odd = replace(report.files[0].violations[0], path="a`b|c.py")
    text = "\n".join(lines("markdown", Report((FileReport(odd.path, (odd,)),), 1)))
    assert re.search(r"^\| `` a`b\\\|c\.py:1 `` \|", text, re.MULTILINE)
