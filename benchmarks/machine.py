"""What a run has to say of the machine it ran on: enough to judge figures, nothing to find the machine by."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.executor import available_cores


@dataclass(frozen=True)
class Machine:
    """The processor and how many of its cores there are to use, the memory in bytes, the system and the Python."""

    processor: str
    cores: int
    memory: int
    system: str
    python: str


def this_machine() -> Machine:
    """Describe the machine that this runs on."""
    return Machine(
        processor_model(_read("/proc/cpuinfo")) or platform.processor() or platform.machine(),
        available_cores(),
        os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        f"{platform.system()} {platform.machine()}",
        f"{platform.python_implementation()} {platform.python_version()}",
    )


def processor_model(cpuinfo: str) -> str | None:
    """Find the model of the processor in what Linux says of it."""
    rows = (line.partition(":") for line in cpuinfo.splitlines())
    return next((value.strip() for key, _, value in rows if key.strip() == "model name"), None)


def _read(path: str) -> str:
    return Path(path).read_text(errors="replace") if os.path.exists(path) else ""
