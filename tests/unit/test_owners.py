from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.owners import Owners, find_owners, read_owners

GITHUB = """\
# The last match counts.
*           @org/everybody
*.pyi       @types   # stubs
/apps/      @org/apps @lead
/apps/free/
docs/*      docs@example.org
my\\ dir/    @spaces
\\#odd.py    @odd
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("setup.py", ("@org/everybody",)),
        ("deep/down/a.pyi", ("@types",)),
        ("apps/a.py", ("@org/apps", "@lead")),
        ("other/apps/a.py", ("@org/everybody",)),
        ("apps/free/a.py", ()),
        ("docs/conf.py", ("docs@example.org",)),
        ("docs/deep/conf.py", ("@org/everybody",)),
        ("my dir/a.py", ("@spaces",)),
        ("#odd.py", ("@odd",)),
    ],
)
def test_as_github_reads_it(path: str, owners: tuple[str, ...]) -> None:
    assert read_owners(GITHUB).of(path) == owners


def test_sections_of_gitlab() -> None:
    owners = read_owners("* @all\n[Back end][2] @back\napp/\napp/api/ @api\n^[Optional]\ndocs/\n")
    assert [owners.of(path) for path in ("app/a.py", "app/api/a.py", "docs/a.py", "b.py")] == [
        ("@back",), ("@api",), (), ("@all",),
    ]  # fmt: skip


def test_the_first_file_counts(tmp_path: Path) -> None:
    assert find_owners(tmp_path) == Owners()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "CODEOWNERS").write_text("* @docs\n")
    assert find_owners(tmp_path).of("a.py") == ("@docs",)
    (tmp_path / "CODEOWNERS").write_text("* @root\n")
    assert find_owners(tmp_path).of("a.py") == ("@root",)
