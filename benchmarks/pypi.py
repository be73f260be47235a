"""Corpora of packages from the index that pip is set up for."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.guess import guess_moved
from benchmarks.synthetic import corpora


def pypi_corpus(packages: Sequence[str], cache: Path | None = None) -> Corpus:
    """Give the corpus of the wheels of ``packages``, without what they need; downloaded once.

    Raises `subprocess.CalledProcessError` if pip cannot get one of them.
    """
    about = ", ".join(sorted(packages))
    root = (cache or corpora()) / f"pypi-{sha256(about.encode()).hexdigest()[:16]}"
    if not root.is_dir():
        with tempfile.TemporaryDirectory() as wheels:
            pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:")
            subprocess.run([*pip, "--dest", wheels, *packages], check=True)
            unfinished = root.with_name(f"{root.name}.{os.getpid()}")
            for wheel in Path(wheels).glob("*.whl"):
                zipfile.ZipFile(wheel).extractall(unfinished)
            unfinished.rename(root)
    return Corpus(about, root, guess_moved(root), ("core",))
