"""What a suppression covers, what it does not, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from ssot_lint.model import Position, Range, SetAside, Severity, Violation
from ssot_lint.suppression import Terms, apply, directives, may_suppress

KNOWN = frozenset({"WS101", "WS102", "WS201"})
TODAY = date(2026, 6, 15)


def broken(code: str, row: int, column: int = 1) -> Violation:
    place = Range(Position(row, column), Position(row, column + 1))
    return Violation(code, "legacy-import", "pack", Severity.ERROR, "wrong", "a.py", place)


def part(
    text: str,
    *violations: Violation,
    active: frozenset[str] = KNOWN,
    binding: frozenset[str] = frozenset(),
    require_reason: bool = False,
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Code and row of what remains and of what is suppressed."""
    terms = Terms(known=KNOWN, active=active, today=TODAY, binding=binding, require_reason=require_reason)
    remaining, suppressed = apply(violations, "a.py", text, terms)
    return places(remaining), places(suppressed)


def places(violations: Iterable[Violation]) -> list[tuple[str, int]]:
    return [(violation.code, violation.range.start.row) for violation in violations]


def covered(text: str, code: str = "WS101") -> list[int]:
    """The rows of ``text`` in which a violation of ``code`` is suppressed."""
    rows = range(1, text.count("\n") + 1)
    return [row for row in rows if any(directive.covers(broken(code, row)) for directive in directives(text, KNOWN))]


def messages(text: str, *, require_reason: bool = False) -> list[str]:
    """Code and message of what is wrong with the suppressions of ``text``, apart from their being unused."""
    terms = Terms(known=KNOWN, active=frozenset(), today=TODAY, require_reason=require_reason)
    remaining, _ = apply((), "a.py", text, terms)
    return [f"{violation.code} {violation.message}" for violation in remaining]


class TestWhatIsCovered:
    def test_beside_code_its_line(self) -> None:
        assert covered("a = 1\nb = 2  # ssot: ignore[WS101]\nc = 3\n") == [2]

    def test_beside_code_within_a_statement_its_line(self) -> None:
        assert covered("a = [\n    1,\n    2,  # ssot: ignore[WS101]\n    3,\n]\n") == [3]

    def test_at_the_first_line_of_a_statement_its_line(self) -> None:
        assert covered("a = [  # ssot: ignore[WS101]\n    1,\n]\n") == [1]

    @pytest.mark.parametrize("opening", ["from a import (", "    from . import (", "lazy from a import ("])
    def test_at_the_first_line_of_an_import_all_of_it(self, opening: str) -> None:
        assert covered(f"{opening}  # ssot: ignore[WS101]\n    b,\n    c,\n)\nd = 1\n") == [1, 2, 3, 4]

    def test_beside_one_name_of_an_import_that_name(self) -> None:
        assert covered("from a import (\n    b,  # ssot: ignore[WS101]\n    c,\n)\n") == [2]

    def test_beside_the_last_name_of_an_import_that_name(self) -> None:
        assert covered("from a import (\n    b,\n    c)  # ssot: ignore[WS101]\n") == [3]

    def test_at_a_line_that_only_closes_the_statement(self) -> None:
        assert covered("a = f(\n    g(\n        1,\n    )\n)  # ssot: ignore[WS101]\nb = 2\n") == [1, 2, 3, 4, 5]

    def test_at_a_line_that_closes_and_goes_on_its_line(self) -> None:
        assert covered("a = f(\n    1,\n).g  # ssot: ignore[WS101]\n") == [3]

    def test_at_an_inner_line_that_only_closes_its_line(self) -> None:
        assert covered("a = f(\n    g(\n        1,\n    ),  # ssot: ignore[WS101]\n)\n") == [4]

    def test_above_a_statement_all_of_it(self) -> None:
        assert covered("# ssot: ignore[WS101]\na = f(\n    1,\n)\nb = 2\n") == [2, 3, 4]

    def test_above_a_statement_with_comments_and_blank_lines_between(self) -> None:
        assert covered("# ssot: ignore[WS101]\n# why\n\na = 1\nb = 2\n") == [4]

    def test_above_a_definition_its_header_only(self) -> None:
        text = "# ssot: ignore[WS101]\ndef f(\n    a=1,\n):\n    return a\n"
        assert covered(text) == [2, 3, 4]

    def test_above_decorators_these_and_the_header(self) -> None:
        text = "# ssot: ignore[WS101]\n@a(\n    1,\n)\n@b\nclass C(D):\n    x = 1\n"
        assert covered(text) == [2, 3, 4, 5, 6]

    def test_within_brackets_the_line_below(self) -> None:
        assert covered("from a import (\n    # ssot: ignore[WS101]\n    # why\n    b,\n    c,\n)\n") == [4]

    def test_below_everything_nothing(self) -> None:
        assert covered("a = 1\n# ssot: ignore[WS101]\n") == []
        assert covered("@a\n# ssot: ignore[WS101]\n") == []

    def test_the_whole_file(self) -> None:
        assert covered("a = 1\n# ssot: file-ignore[WS101]\nb = 2\n") == [1, 2, 3]

    def test_rules_not_named_are_not_covered(self) -> None:
        assert covered("a = 1  # ssot: ignore[WS102, WS201]\n", "WS101") == []
        assert covered("a = 1  # ssot: ignore[WS102, WS201]\n", "WS201") == [1]

    def test_several_above_one_statement(self) -> None:
        text = "# ssot: ignore[WS101] one\n# ssot: ignore[WS102] two\na = 1\n"
        assert covered(text, "WS101") == covered(text, "WS102") == [3]

    def test_a_string_is_no_comment(self) -> None:
        assert directives("a = '# ssot: ignore[WS101]'\n", KNOWN) == ()
        assert directives('"""\n# ssot: ignore[WS101]\n"""\n', KNOWN) == ()

    def test_in_a_broken_file_too(self) -> None:
        text = "def (:\n'# ssot: ignore[WS101]'\nfrom a import b  # ssot: ignore[WS101]\n"
        assert covered(text) == [3]


class TestNoqa:
    @pytest.mark.parametrize(
        "comment",
        [
            "# noqa: WS101",
            "# noqa:WS101",
            "#NOQA: F401,WS101",
            "# NoQA: F401 WS101 for the shim",
            "# type: ignore  # noqa: WS101",
            "# noqa: F401  # noqa: WS101",
        ],
    )
    def test_codes_listed_are_covered(self, comment: str) -> None:
        assert covered(f"a = 1  {comment}\n") == [1]

    @pytest.mark.parametrize(
        "comment", ["# noqa", "# noqa: F401", "# noqa F401", "# noqa: see WS101", "# noqa: WS101a"]
    )
    def test_the_rest_is_not_for_us(self, comment: str) -> None:
        assert directives(f"a = 1  {comment}\n", KNOWN) == ()

    def test_unused_codes_of_ours_are_reported_those_of_others_are_not(self) -> None:
        assert part("a = 1  # noqa: F401, WS101\n") == ([("SL003", 1)], [])


class TestParting:
    def test_without_directives_everything_remains(self) -> None:
        assert part("a = 1\n", broken("WS101", 1)) == ([("WS101", 1)], [])

    def test_suppressed_and_remaining(self) -> None:
        text = "a = 1  # ssot: ignore[WS101]\nb = 2\n"
        assert part(text, broken("WS101", 1), broken("WS102", 1), broken("WS101", 2)) == (
            [("WS102", 1), ("WS101", 2)],
            [("WS101", 1)],
        )

    def test_a_violation_is_placed_by_where_it_starts(self) -> None:
        text = "a = f(\n    1,  # ssot: ignore[WS101]\n)\n"
        whole = Violation("WS101", "k", "p", Severity.ERROR, "m", "a.py", Range(Position(1, 5), Position(3, 2)))
        assert part(text, whole) == ([("WS101", 1), ("SL003", 2)], [])

    def test_the_tools_own_rules_can_be_suppressed(self) -> None:
        text = "# ssot: file-ignore[SL001] a template\n{{ x }}\n"
        assert part(text, broken("SL001", 1)) == ([], [("SL001", 1)])

    def test_what_is_wrong_with_suppressions_can_be_suppressed(self) -> None:
        text = "# ssot: file-ignore[SL003, SL004] kept for another branch\na = 1  # ssot: ignore[WS101, XX1]\n"
        remaining, suppressed = part(text)
        assert remaining == []
        assert sorted(suppressed) == [("SL003", 2), ("SL004", 2)]

    def test_a_suppression_of_unused_suppressions_is_not_judged(self) -> None:
        assert part("# ssot: file-ignore[SL003]\na = 1\n") == ([], [])


class TestUnused:
    def test_each_code_without_effect(self) -> None:
        text = "a = 1  # ssot: ignore[WS101, WS102]\n"
        assert part(text, broken("WS101", 1)) == ([("SL003", 1)], [("WS101", 1)])

    def test_only_for_rules_that_were_checked(self) -> None:
        assert part("a = 1  # ssot: ignore[WS101, WS102]\n", active=frozenset({"WS102"})) == ([("SL003", 1)], [])
        assert part("a = 1  # ssot: ignore[WS101]\n", active=frozenset()) == ([], [])

    @pytest.mark.parametrize("code", ["SL001", "SL002", "SL006"])
    def test_not_in_a_file_that_was_not_checked_as_a_whole(self, code: str) -> None:
        assert part("a = 1  # ssot: ignore[WS101]\nb = (\n", broken(code, 2)) == ([(code, 2)], [])

    def test_the_tools_own_rules_are_always_checked(self) -> None:
        assert part("a = 1  # ssot: ignore[SL006]\n", active=frozenset()) == ([("SL003", 1)], [])

    def test_the_message_names_the_code_and_the_place_is_the_directive(self) -> None:
        text = "a = 1  # type: ignore  # ssot: ignore[WS101] because  \n"
        (violation,), _ = apply((), "a.py", text, Terms(known=KNOWN, active=KNOWN, today=TODAY))
        assert "WS101" in violation.message
        assert violation.range == Range(Position(1, 24), Position(1, 53))
        assert violation.path == "a.py"


class TestUntil:
    @pytest.mark.parametrize(("day", "suppressed"), [("2026-06-14", False), ("2026-06-15", True), ("2030-01-01", True)])
    def test_the_last_day_counts(self, day: str, suppressed: bool) -> None:
        text = f"a = 1  # ssot: ignore[WS101] until={day} for now\n"
        violation = broken("WS101", 1)
        expected = ([], [("WS101", 1)]) if suppressed else ([("WS101", 1), ("SL005", 1)], [])
        assert part(text, violation) == expected

    def test_an_expired_one_is_not_called_unused_as_well(self) -> None:
        assert part("a = 1  # ssot: ignore[WS101] until=2020-01-01\n") == ([("SL005", 1)], [])

    @pytest.mark.parametrize("day", ["", "soon", "2026-02-30", "2026-6-1", "20260601", "2026-W01-1"])
    def test_what_is_no_date_suppresses_nothing(self, day: str) -> None:
        text = f"a = 1  # ssot: ignore[WS101] until={day} why\n"
        assert covered(text) == []
        assert messages(text) == [f"SL004 this suppression has no date in `until={day}`; write `until=YYYY-MM-DD`"]

    def test_a_date_after_the_reason_suppresses_nothing(self) -> None:
        text = "a = 1  # ssot: ignore[WS101] why until=2030-01-01\n"
        assert covered(text) == []
        assert len(messages(text)) == 1


class TestReason:
    @pytest.mark.parametrize(
        ("comment", "reason"),
        [
            ("# ssot: ignore[WS101] the console has one user", "the console has one user"),
            ("# ssot:ignore [ WS101 ,WS102 ]: see #123", "see #123"),
            ("# ssot: ignore[WS101] -- why", "why"),
            ("# ssot: ignore[WS101] until=2030-01-01, why", "why"),
            ("# ssot: ignore[WS101] why  # type: ignore", "why"),
            ("# noqa: WS101 why", "why"),
            ("# noqa: F401, WS101: why", "why"),
        ],
    )
    def test_a_reason_given(self, comment: str, reason: str) -> None:
        (directive,) = directives(f"a = 1  {comment}\n", KNOWN)
        assert directive.reason == reason
        assert messages(f"a = 1  {comment}\n", require_reason=True) == []

    @pytest.mark.parametrize(
        "comment",
        [
            "# ssot: ignore[WS101]",
            "# ssot: ignore[WS101] -",
            "# ssot: ignore[WS101]  # type: ignore",
            "# ssot: ignore[WS101] until=2030-01-01",
            "# noqa: WS101",
            "# ssot: file-ignore[WS101]",
        ],
    )
    def test_a_reason_missing(self, comment: str) -> None:
        text = f"a = 1  {comment}\n"
        assert messages(text, require_reason=True) == ["SL007 this suppression of WS101 does not say why"]
        assert messages(text, require_reason=False) == []
        assert covered(text) == [1]


class TestMalformed:
    def test_an_unknown_rule_with_a_near_match(self) -> None:
        (message,) = messages("a = 1  # ssot: ignore[WS2O1, WS102] why\n")
        assert message == "SL004 this suppression names 'WS2O1', which is no rule here; did you mean 'WS201'?"

    def test_the_known_rules_beside_an_unknown_one_are_suppressed(self) -> None:
        assert covered("a = 1  # ssot: ignore[QQ9, WS101]\n") == [1]

    @pytest.mark.parametrize(
        "comment",
        [
            "# ssot: ignore",
            "# ssot: ignore this",
            "# ssot: ignore WS101",
            "# ssot: ignore[WS101",
            "# ssot: ignore(WS101)",
            "# ssot: file-ignore",
            "# ssot: ignroe[WS101]",
            "# ssot: disable[WS101, WS102]",
            "# ssot: ignore[]",
            "# ssot: ignore[ , ]",
        ],
    )
    def test_there_is_no_blanket_form(self, comment: str) -> None:
        text = f"a = 1  {comment}\n"
        (message,) = messages(text, require_reason=True)
        assert message.startswith("SL004 ")
        assert part(text, broken("WS101", 1)) == ([("WS101", 1), ("SL004", 1)], [])

    @pytest.mark.parametrize(
        "comment", ["# ssot: one home for the manager", "# ssot: config[key]", "# ssot", "# SSOT: x"]
    )
    def test_prose_is_left_alone(self, comment: str) -> None:
        assert directives(f"a = 1  {comment}\n", KNOWN) == ()


class TestMaySuppress:
    @pytest.mark.parametrize(
        "raw", [b"x # ssot: ignore[A1]", b"#ssot:ignore[A1]", b"# noqa: A1", b"# NOQA:A1", b"# NoQA: A1"]
    )
    def test_every_directive_is_seen_in_the_bytes(self, raw: bytes) -> None:
        assert may_suppress(raw)
        assert directives(raw.decode(), frozenset({"A1"}))

    @pytest.mark.parametrize("raw", [b"", b"x = 1  # noqa", b"ssot_lint = 1"])
    def test_other_bytes_are_passed_over(self, raw: bytes) -> None:
        assert not may_suppress(raw)


class TestRanges:
    TEXT = "a = 1\n# ssot: disable[WS101] tables\nb = 2\n\nc = 3\n# ssot: enable[WS101]\nd = 4\n"

    def test_what_is_between(self) -> None:
        assert covered(self.TEXT) == [2, 3, 4, 5]
        assert messages(self.TEXT, require_reason=True) == []

    def test_only_the_rules_named(self) -> None:
        assert covered(self.TEXT, "WS102") == []

    def test_the_order_of_the_rules_does_not_matter(self) -> None:
        text = "# ssot: disable[WS101, WS102]\nb = 2\n# ssot: enable[WS102,WS101]\n"
        assert covered(text, "WS102") == [1, 2]

    def test_one_in_the_other(self) -> None:
        text = (
            "# ssot: disable[WS101]\na = 1\n# ssot: disable[WS102]\nb = 2\n# ssot: enable[WS101]\nc = 3\n"
            "# ssot: enable[WS102]\nd = 4\n"
        )
        assert covered(text) == [1, 2, 3, 4]
        assert covered(text, "WS102") == [3, 4, 5, 6]

    def test_the_last_one_begun_is_ended_first(self) -> None:
        begin, end = "# ssot: disable[WS101]\n", "# ssot: enable[WS101]\n"
        found = directives(f"{begin}a\n{begin}b\n{end}c\n{end}", KNOWN)
        assert [directive.rows for directive in found] == [range(1, 7), range(3, 5)]

    def test_within_a_block(self) -> None:
        text = "def f():\n    # ssot: disable[WS101]\n    a = 1\n    # ssot: enable[WS101]\n    b = 1\n"
        assert covered(text) == [2, 3]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("# ssot: disable[WS101]\na = 1\n", ["begins a range that no `# ssot: enable[WS101]` with the same"]),
            ("a = 1\n# ssot: enable[WS101]\n", ["ends a range that no `# ssot: disable[WS101]` with the same"]),
            (
                "def f():\n    # ssot: disable[WS101]\n    a = 1\n# ssot: enable[WS101]\n",
                ["begins a range that no `# ssot: enable[WS101]`", "ends a range that no `# ssot: disable[WS101]`"],
            ),
            (
                "# ssot: disable[WS101, WS102]\na = 1\n# ssot: enable[WS101]\n",
                ["begins a range that no `# ssot: enable[WS101, WS102]`", "ends a range that no"],
            ),
            ("a = 1  # ssot: disable[WS101]\n", ["begins or ends a range, and so needs a line of its own"]),
        ],
    )
    def test_what_is_no_range_suppresses_nothing(self, text: str, expected: list[str]) -> None:
        assert covered(text) == []
        assert [
            message.startswith(f"SL004 this suppression {part}")
            for message, part in zip(messages(text), expected, strict=True)
        ] == [True] * len(expected)

    def test_one_that_has_expired(self) -> None:
        text = self.TEXT.replace("] tables", "] until=2020-01-01 tables")
        assert part(text, broken("WS101", 3)) == ([("WS101", 3), ("SL005", 2)], [])

    def test_one_that_is_unused(self) -> None:
        assert part(self.TEXT) == ([("SL003", 2)], [])
        assert part(self.TEXT, broken("WS101", 5)) == ([], [("WS101", 5)])


class TestTerms:
    @pytest.mark.parametrize(
        "comment",
        [
            "# ssot: ignore[WS101] until=2030-01-31 owner=@chat/team why not",
            "# ssot: ignore[WS101] owner=@chat/team until=2030-01-31 why not",
            "# ssot: ignore[WS101]: until=2030-01-31, owner=@chat/team, why not",
        ],
    )
    def test_what_is_set_aside_says_on_which(self, comment: str) -> None:
        terms = Terms(known=KNOWN, active=KNOWN, today=TODAY)
        _, (suppressed,) = apply([broken("WS101", 2)], "a.py", f"\na = 1  {comment}\n", terms)
        assert suppressed.set_aside == SetAside("comment", "why not", "@chat/team", "2030-01-31", 2)

    def test_of_several_the_first(self) -> None:
        terms = Terms(known=KNOWN, active=KNOWN, today=TODAY)
        text = "# ssot: file-ignore[WS101] one\na = 1  # ssot: ignore[WS101] two\n"
        _, (suppressed,) = apply([broken("WS101", 2)], "a.py", text, terms)
        assert suppressed.set_aside == SetAside("comment", "one", row=1)


class TestBindingRules:
    TEXT = "a = 1  # ssot: ignore[WS101, WS102] why\n"

    def test_they_cannot_be_suppressed(self) -> None:
        found = part(self.TEXT, broken("WS101", 1), broken("WS102", 1), binding=frozenset({"WS101"}))
        assert found == ([("WS101", 1), ("SL009", 1)], [("WS102", 1)])

    def test_by_whatever_comment(self) -> None:
        text = "# ssot: file-ignore[WS101]\na = 1  # noqa: WS101\n"
        found, suppressed = part(text, broken("WS101", 2), binding=frozenset({"WS101"}))
        assert sorted(found) == [("SL009", 1), ("SL009", 2), ("WS101", 2)]
        assert suppressed == []

    def test_nor_is_it_unused(self) -> None:
        assert part(self.TEXT, broken("WS102", 1), binding=frozenset({"WS101"})) == ([("SL009", 1)], [("WS102", 1)])
