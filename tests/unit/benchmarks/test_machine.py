"""What is said of the machine, and what is not."""

from __future__ import annotations

import os
import platform
from dataclasses import astuple
from pathlib import Path

from benchmarks.machine import processor_model, this_machine


def test_the_model_of_the_processor() -> None:
    assert processor_model("processor\t: 0\nmodel\t\t: 1\nmodel name\t: Some CPU @ 2: GHz\nprocessor\t: 1\n") == (
        "Some CPU @ 2: GHz"
    )


def test_a_system_that_does_not_tell() -> None:
    assert processor_model("") is None


def test_this_machine_is_described_and_not_named() -> None:
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.memory > 2**20
    assert platform.python_version() in machine.python
    told = " ".join(map(str, astuple(machine)))
    assert os.uname().release not in told
    assert str(Path.home()) not in told
