"""The built-in packs are found and load, however the tool was installed."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import tomli

ROOT = Path(__file__).resolve().parent.parent
RULES = {path.stem: path.read_bytes() for path in (ROOT / "rules").glob("*.toml")}

# Isolated and without site-packages, so that nothing but the installation in question is found; tomli is added last.
FIND_AND_LOAD = """
import json, site, sys
from pathlib import Path
site.addsitedir(sys.argv[1])
sys.path.append(sys.argv[2])
import ssot_lint
from ssot_lint.packs import builtin_packs, load_packs
from ssot_lint.toml import ConfigurationSite
packs = builtin_packs()
loaded = load_packs(tuple(packs), Path.cwd(), ConfigurationSite("packs", "--pack"))
print(json.dumps({
    "package": str(Path(ssot_lint.__file__).parent),
    "packs": {name: str(path) for name, path in packs.items()},
    "loaded": [pack.id for pack in loaded],
    "rules": sum(len(pack.rules) for pack in loaded),
}))
"""


def _run(*arguments: str, cwd: Path) -> str:
    result = subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def _find_and_load(site: Path, cwd: Path) -> Any:
    libraries = Path(tomli.__file__).parent.parent
    return json.loads(_run("-I", "-S", "-c", FIND_AND_LOAD, str(site), str(libraries), cwd=cwd))


def _unpack(wheels: Path, site: Path) -> Path:
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


@pytest.fixture
def site_of_wheel(tmp_path: Path) -> Path:
    """A directory with what a wheel installs."""
    _run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "wheels"), cwd=ROOT)
    return _unpack(tmp_path / "wheels", tmp_path / "site")


@pytest.fixture
def site_of_editable(tmp_path: Path) -> Path:
    """A directory with what an editable install of this checkout puts there: what `pip install -e` asks for."""
    hook = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"
    (tmp_path / "wheels").mkdir()
    _run("-c", hook, str(tmp_path / "wheels"), cwd=ROOT)
    return _unpack(tmp_path / "wheels", tmp_path / "site")


def _check(found: Any, package: Path, packs: Path) -> None:
    assert found["package"] == str(package)
    assert found["packs"] == {name: str(packs / f"{name}.toml") for name in sorted(RULES)}
    assert {name: Path(path).read_bytes() for name, path in found["packs"].items()} == RULES
    assert found["loaded"] == sorted(RULES), "the id of a built-in pack is the name of its file"
    assert found["rules"] > 0


def test_there_are_built_in_packs() -> None:
    assert {"core", "netra-websocket"} <= RULES.keys()


def test_in_a_wheel(site_of_wheel: Path, tmp_path: Path) -> None:
    package = site_of_wheel / "ssot_lint"
    _check(_find_and_load(site_of_wheel, tmp_path), package, package / "packs_data")


def test_in_an_editable_install(site_of_editable: Path, tmp_path: Path) -> None:
    _check(_find_and_load(site_of_editable, tmp_path), ROOT / "ssot_lint", ROOT / "rules")


def test_in_a_checkout(tmp_path: Path) -> None:
    _check(_find_and_load(ROOT, tmp_path), ROOT / "ssot_lint", ROOT / "rules")
