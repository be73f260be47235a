"""The example is a real program: it works, the tool finds what is wrong with it, and it works after every fix."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tokenize
from collections import Counter
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"

# A refusal whose code is not the point of the example.
REFUSED = "refused"

EXPECTED = {
    # An import under TYPE_CHECKING, one in a function, one relative, one through the package, a renamed one, and a
    # parenthesised one of which a part stays where it is.
    ("chat_backend/agents/assistants.py", "CHAT101", "safe"): 1,
    ("chat_backend/agents/base.py", "CHAT101", "safe"): 1,
    ("chat_backend/agents/moderator.py", "CHAT101", "safe"): 1,
    ("chat_backend/services/notifications.py", "CHAT101", "safe"): 2,
    ("chat_backend/services/presence.py", "CHAT101", "safe"): 2,
    ("chat_backend/websocket/broadcast.py", "CHAT101", "safe"): 1,
    ("chat_backend/websocket/health.py", "CHAT101", "partly-legacy-star"): 1,
    ("tests/test_agents.py", "CHAT101", "unsafe"): 1,  # patch("...")
    ("tests/test_services.py", "CHAT101", "unsafe"): 1,  # another; patch() of a name that stays is no violation
    ("chat_backend/agents/session.py", "CHAT102", "safe"): 1,
    ("chat_backend/services/history.py", "CHAT102", "safe"): 1,
    # Two names of one statement: one moved, of the other there are two different ones.
    ("chat_backend/services/audit.py", "CHAT102", "safe"): 1,
    ("chat_backend/services/audit.py", "CHAT102", "different-object"): 1,
    ("chat_backend/services/metrics.py", "CHAT103", REFUSED): 1,  # in try/except ImportError
    # Construction in sync and async functions, by position and by keyword, through three other names of the class.
    ("chat_backend/agents/assistants.py", "CHAT201", "safe"): 1,
    ("chat_backend/services/chat.py", "CHAT201", "safe"): 1,
    ("chat_backend/services/presence.py", "CHAT201", "safe"): 2,
    ("tests/conftest.py", "CHAT201", "safe"): 1,
    ("chat_backend/agents/moderator.py", "CHAT201", "unsafe"): 1,  # the context is in scope, but was not passed
    ("chat_backend/services/notifications.py", "CHAT201", "unknown-argument"): 1,
    ("chat_backend/websocket/health.py", "CHAT201", "no-context"): 1,
    ("chat_backend/agents/registry.py", "CHAT202", "safe"): 1,
    ("chat_backend/agents/registry.py", "CHAT202", "not-in-async"): 1,
    # In an `if`, of a factory, annotated, in a tuple, plain.
    ("chat_backend/agents/registry.py", "CHAT301", REFUSED): 1,
    ("chat_backend/services/audit.py", "CHAT301", REFUSED): 1,
    ("chat_backend/services/history.py", "CHAT301", REFUSED): 1,
    ("chat_backend/services/metrics.py", "CHAT301", REFUSED): 1,
    ("chat_backend/services/presence.py", "CHAT301", REFUSED): 1,
}

PER_RULE = {"CHAT101": 11, "CHAT102": 4, "CHAT103": 1, "CHAT201": 8, "CHAT202": 2, "CHAT301": 5}
PER_RULE_FIXED = {"CHAT101": 3, "CHAT102": 1, "CHAT103": 1, "CHAT201": 3, "CHAT202": 1, "CHAT301": 5}
PER_RULE_FIXED_UNSAFELY = {"CHAT101": 1, "CHAT102": 1, "CHAT103": 1, "CHAT201": 2, "CHAT202": 1, "CHAT301": 5}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a copy of the example that may be changed."""
    caches = shutil.ignore_patterns("__pycache__", ".*_cache")
    return Path(shutil.copytree(EXAMPLES / "chat_backend", tmp_path / "chat_backend", ignore=caches))


def test_the_project_does_not_collect_the_tests_of_its_examples(request: pytest.FixtureRequest) -> None:
    assert not [item.nodeid for item in request.session.items if EXAMPLES in item.path.parents]


def test_the_example_works(project: Path) -> None:
    assert_suite_passes(project)
    assert "[laptop] message  bob: here now, what a **** slow train" in demo(project)


def test_check_finds_every_violation(project: Path) -> None:
    before = texts(project)
    result = ssot_lint(project, "check", "--output-format", "json")

    assert result.returncode == 1, result.stderr
    violations = json.loads(result.stdout)
    assert Counter(map(outcome, violations)) == EXPECTED
    assert Counter(violation["code"] for violation in violations) == PER_RULE
    assert all((violation["fix"] is None) == bool(violation["refusal"]) for violation in violations)
    assert texts(project) == before


def test_one_rule_may_be_asked_for(project: Path) -> None:
    result = ssot_lint(project, "check", "--select", "CHAT202", "--output-format", "json")

    assert result.returncode == 1, result.stderr
    assert [violation["code"] for violation in json.loads(result.stdout)] == ["CHAT202", "CHAT202"]


def test_a_clean_file_is_clean(project: Path) -> None:
    result = ssot_lint(project, "check", "chat_backend/websocket/connection_manager.py", "tests/test_websocket.py")

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("flags", "fixed", "remaining"),
    [
        ((), {"safe"}, PER_RULE_FIXED),
        (("--unsafe-fixes",), {"safe", "unsafe"}, PER_RULE_FIXED_UNSAFELY),
    ],
    ids=["safe", "unsafe"],
)
def test_fix_repairs_what_it_can_and_breaks_nothing(
    project: Path, flags: tuple[str, ...], fixed: set[str], remaining: dict[str, int]
) -> None:
    before, spoken = texts(project), demo(project)
    result = ssot_lint(project, "fix", *flags)
    after = texts(project)

    assert result.returncode == 1, result.stdout + result.stderr
    assert changed(before, after) == {path for path, _, how in EXPECTED if how in fixed}
    violations = json.loads(ssot_lint(project, "check", "--output-format", "json").stdout)
    assert Counter(violation["code"] for violation in violations) == remaining
    assert Counter(map(outcome, violations)) == {key: n for key, n in EXPECTED.items() if key[2] not in fixed}

    assert_suite_passes(project)
    assert demo(project) == spoken
    assert {path: comments(text) for path, text in after.items()} == {
        path: comments(text) for path, text in before.items()
    }

    again = ssot_lint(project, "fix", *flags)
    assert again.returncode == 1, again.stdout + again.stderr
    assert texts(project) == after


def test_a_diff_changes_nothing_and_says_what_fix_does(project: Path, tmp_path: Path) -> None:
    before = texts(project)
    diff = ssot_lint(project, "fix", "--diff")
    assert diff.returncode == 1, diff.stderr
    assert texts(project) == before

    ssot_lint(project, "fix")
    fixed = texts(project)
    for path, text in before.items():
        (project / path).write_bytes(text)
    patch = tmp_path / "fix.patch"
    patch.write_text(diff.stdout, encoding="utf-8", newline="")
    run(project, "git", "apply", str(patch)).check_returncode()
    assert texts(project) == fixed


def test_what_the_fixes_look_like(project: Path) -> None:
    ssot_lint(project, "fix", "--unsafe-fixes")
    services = project / "chat_backend" / "services"
    agents = project / "chat_backend" / "agents"

    audit = (services / "audit.py").read_text()
    assert "from chat_backend.utils.events import Event\n" in audit
    assert "from chat_backend.events import EventKind\n" in audit
    notifications = (services / "notifications.py").read_text()
    assert "ConnectionManager as WebSocketManager" in notifications
    assert "    HEARTBEAT_SECONDS,\n" in notifications
    history = (services / "history.py").read_text()
    assert history.count("from chat_backend.ids import") == 1  # merged into the one that was there
    assert "utils" not in history
    registry = (agents / "registry.py").read_text()
    assert "session = await open_agent_session(user_context=user_context, agent=self._agents[name])\n" in registry
    moderator = (agents / "moderator.py").read_text()
    assert "    from chat_backend.websocket.modes import DeliveryMode\n" in moderator
    assert "user_context=user_context" in moderator


# --- Helpers, in the order of use ------------------------------------------------------------------------------------


def assert_suite_passes(project: Path) -> None:
    """Run the tests of the example in a process of their own."""
    result = run(project, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert result.returncode == 0, result.stdout + result.stderr


def demo(project: Path) -> str:
    """Give what the demo prints."""
    result = run(project, sys.executable, "-m", "chat_backend")
    assert result.returncode == 0, result.stderr
    return result.stdout


def ssot_lint(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the tool in ``project``, which is where its configuration is."""
    return run(project, sys.executable, "-m", "ssot_lint", *arguments)


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run ``command`` in ``project``, out of reach of what configures the tests that run it."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CHAT_"))}
    environ |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=project, env=environ, capture_output=True, text=True, check=False)


def texts(project: Path) -> dict[str, bytes]:
    """Give the bytes of every Python file by its relative path."""
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in sorted(project.rglob("*.py"))}


def outcome(violation: dict[str, object]) -> tuple[str, str, str]:
    """Give where a violation is, which rule it breaks, and what its fix or refusal is."""
    path, code, fix = str(violation["filename"]), str(violation["code"]), violation["fix"]
    if isinstance(fix, dict):
        return path, code, str(fix["applicability"])
    refusal = str(violation["refusal"])
    return path, code, refusal if (path, code, refusal) in EXPECTED else REFUSED


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Give the paths of files that differ; none may come or go."""
    assert before.keys() == after.keys()
    return {path for path, text in after.items() if before[path] != text}


def comments(text: bytes) -> list[str]:
    """Give the comments of a file, sorted, since a fix may move a line."""
    tokens = tokenize.tokenize(io.BytesIO(text).readline)
    return sorted(token.string for token in tokens if token.type == tokenize.COMMENT)
