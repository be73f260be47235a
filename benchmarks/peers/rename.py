"""LibCST's own codemod ``RenameCommand``: one pass over the files for each name. It only repairs."""

from __future__ import annotations

import json

from benchmarks.measure import no_findings
from benchmarks.peers import Command, Peer, Request

PASSES = """
import json, subprocess, sys
moved, *paths = sys.argv[1:]
codemod = (sys.executable, "-m", "libcst.tool", "codemod", "--no-format", "--hide-progress", "rename.RenameCommand")
for old, new in json.loads(moved).items():
    subprocess.run([*codemod, "--old_name", old, "--new_name", new, *paths], check=False)
"""
VERSION = "import importlib.metadata; print(importlib.metadata.version('libcst'))"


def fix(request: Request) -> Command:
    """Repair them; modules of the project must not stand in for those of the codemod."""
    return Command(("-c", PASSES, json.dumps(request.moved.all), *request.paths), {"PYTHONSAFEPATH": "1"})


PEER = Peer("LibCST rename", "python", no_findings, fix=fix, slow=True, version=("-c", VERSION))
