"""The user's own check of what was written."""

from __future__ import annotations

from pathlib import Path

STANDARD_ERROR = 2


def complaint(command: str, root: Path) -> str | None:
    """Run ``command`` in the directory ``root`` and say how it failed; ``None`` if it did not.

    It is a line for the shell; what it prints goes to standard error, since a report may go to standard output.
    """
    import subprocess

    done = subprocess.run(command, shell=True, cwd=root, stdin=subprocess.DEVNULL, stdout=STANDARD_ERROR, check=False)
    if done.returncode == 0:
        return None
    how = f"exited with {done.returncode}" if done.returncode > 0 else f"was ended by signal {-done.returncode}"
    return f"`{command}` {how} when it was written"
