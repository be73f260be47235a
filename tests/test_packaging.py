"""What is packed: everything into the source distribution, one version everywhere."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import ssot_lint

ROOT = Path(__file__).resolve().parent.parent


def test_the_source_distribution_is_the_whole_project(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (archive,) = tmp_path.iterdir()
    assert archive.name == f"ssot_lint-{ssot_lint.__version__}.tar.gz"
    with tarfile.open(archive) as file:
        packed = {name.partition("/")[2] for name in file.getnames()}
    directories = ("rules", "ssot_lint", "tests", "examples", "benchmarks")
    sources = [path for name in directories for suffix in ("py", "toml") for path in (ROOT / name).rglob(f"*.{suffix}")]
    wanted = {path.relative_to(ROOT).as_posix() for path in sources}
    wanted |= {".ci/run", ".pre-commit-hooks.yaml", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"}
    assert wanted - packed == set()
