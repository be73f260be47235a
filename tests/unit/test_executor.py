"""Mapping over files in processes."""

from __future__ import annotations

import functools
import multiprocessing
import operator
import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from ssot_lint import executor
from ssot_lint.executor import WORTH_PROCESSES, Crash, available_cores, describe, map_files

# Under pytest-xdist there is a thread, of which newer Pythons warn; the tool itself has none.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

ITEMS = [f"{number:04}.py" for number in range(WORTH_PROCESSES + 57)]


def start_naming() -> Callable[[str], tuple[str, int]]:
    return lambda item: (item.upper(), os.getpid())


def start_dying() -> Callable[[str], str]:
    def function(item: str) -> str:
        if item == "0100.py":
            os.kill(os.getpid(), signal.SIGKILL)
        return item.upper()

    return function


def start_failing() -> Callable[[str], str]:
    def function(item: str) -> str:
        if item.endswith("0.py"):
            raise KeyError(item)
        return item.upper()

    return function


def start_unreadable() -> Callable[[str], object]:
    return lambda item: (lambda: item) if item == "0003.py" else item


@pytest.mark.parametrize("jobs", [1, 2, 3, 5])
def test_results_are_in_the_order_of_the_items_whatever_the_jobs(jobs: int) -> None:
    answers = list(map_files(start_naming, ITEMS, jobs))
    assert [answer[0] for answer in answers if not isinstance(answer, Crash)] == [item.upper() for item in ITEMS]


def test_many_files_are_shared_among_processes() -> None:
    pids = {answer[1] for answer in map_files(start_naming, ITEMS, 3) if not isinstance(answer, Crash)}
    assert os.getpid() not in pids
    assert 1 <= len(pids) <= 3


@pytest.mark.parametrize(("items", "jobs"), [(ITEMS, 1), (ITEMS[: WORTH_PROCESSES - 1], 4), ([], 4)])
def test_few_files_or_one_job_need_no_processes(items: list[str], jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "_Worker", None)
    answers = list(map_files(start_naming, items, jobs))
    assert {answer[1] for answer in answers if not isinstance(answer, Crash)} <= {os.getpid()}
    assert len(answers) == len(items)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_costs_one_result(jobs: int) -> None:
    answers = list(map_files(start_failing, ITEMS, jobs))
    for item, answer in zip(ITEMS, answers, strict=True):
        if item.endswith("0.py"):
            assert isinstance(answer, Crash)
            assert answer.item == item
            assert answer.message.startswith(f"KeyError: '{item}' (test_executor.py, line ")
        else:
            assert answer == item.upper()


def test_a_process_that_dies_costs_one_result() -> None:
    answers = list(map_files(start_dying, ITEMS, 2))
    crash = Crash("0100.py", "the process that worked on it died (exit code -9)")
    assert answers == [crash if item == "0100.py" else item.upper() for item in ITEMS]


def test_a_result_that_cannot_travel_costs_one_result() -> None:
    answers = list(map_files(start_unreadable, ITEMS, 2))
    assert [answer.item for answer in answers if isinstance(answer, Crash)] == ["0003.py"]
    assert len(answers) == len(ITEMS)


def test_processes_that_are_spawned_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    methods: list[str] = []
    get_context = multiprocessing.get_context

    def note(method: str) -> object:
        methods.append(method)
        return get_context(method)

    monkeypatch.setattr(multiprocessing, "get_context", note)
    monkeypatch.setattr(sys, "platform", "darwin")
    start = functools.partial(operator.methodcaller, "upper")
    assert list(map_files(start, ITEMS, 2)) == [item.upper() for item in ITEMS]
    assert methods == ["spawn"]


def test_what_starts_the_work_may_fail_aloud() -> None:
    def start() -> Callable[[str], str]:
        raise RuntimeError("no rules")

    with pytest.raises(RuntimeError, match="no rules"):
        list(map_files(start, ITEMS, 2))
    with pytest.raises(RuntimeError, match="no rules"):
        list(map_files(start, ITEMS, 1))


def test_nothing_is_started_for_nothing() -> None:
    def start() -> Callable[[str], str]:
        raise RuntimeError("no rules")

    assert list(map_files(start, [], 1)) == []


def test_no_process_is_left_when_the_results_are_not_wanted_any_more() -> None:
    results = map_files(start_naming, ITEMS, 2)
    first = next(results)
    assert not isinstance(first, Crash)
    del results
    with pytest.raises(ProcessLookupError):
        os.kill(first[1], 0)


def test_no_jobs_means_one_a_core() -> None:
    pids = {answer[1] for answer in map_files(start_naming, ITEMS, 0) if not isinstance(answer, Crash)}
    assert len(pids) <= available_cores()


def test_describe_says_what_and_where(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyError) as caught:
        start_failing()("0.py")
    assert describe(caught.value).startswith("KeyError: '0.py' (test_executor.py, line ")
    monkeypatch.setenv("SSOT_LINT_DEBUG", "1")
    assert describe(caught.value).startswith("Traceback (most recent call last):\n")


def test_describe_keeps_to_one_line() -> None:
    assert describe(ValueError("one\ntwo")) == "ValueError: one"
    assert describe(ValueError()) == "ValueError"


INTERRUPTED = """
import os, sys, time
from ssot_lint.executor import map_files

def start():
    def function(item):
        os.write(1, b"working\\n")  # whole, for two processes do it at once
        time.sleep(60)
    return function

try:
    list(map_files(start, [str(number) for number in range(300)], 2))
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups to interrupt")
def test_an_interrupt_ends_all_processes_quietly() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"working\n"
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert errors == b""
    assert process.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
