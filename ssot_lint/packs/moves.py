"""The moves of all rules together: each must arrive, in one step, at a place that does not move on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ssot_lint.packs.entries import Entry
from ssot_lint.toml.tables import Place, flatten


class Move(NamedTuple):
    """That ``old`` is now ``new``, as ``key`` of the option ``option`` of ``entry`` says; or it was removed."""

    old: str
    new: str | None
    option: str
    key: str
    entry: Entry


def check_moves(entries: Iterable[Entry]) -> None:
    """Note the moves of ``entries`` that contradict each other, chain, go in a circle or lead to what was removed."""
    moves: dict[str, Move] = {}
    for move in _moves(entries):
        first = moves.setdefault(move.old, move)
        if first.new != move.new:
            outcome = f"moves to {first.new!r}" if first.new else "is removed"
            _place(move).complain(f"{outcome} according to {_place(first).where}")
    sorted_names = sorted(moves)
    circles: set[frozenset[str]] = set()
    for move in moves.values():
        if move.new is not None:
            problem = _problem(move, move.new, moves, circles) or _problem_below(move, move.new, moves, sorted_names)
            if problem:
                _place(move).complain(problem)


def _moves(entries: Iterable[Entry]) -> Iterator[Move]:
    """The moves and removals of the rules, of whatever kind, that have such options."""
    for entry in entries:
        moved: Mapping[str, str] = getattr(entry.rule, "moved", {})
        removed: Mapping[str, str] = getattr(entry.rule, "removed", {})
        yield from (Move(_dotted(key), _dotted(new), "moved", key, entry) for key, new in moved.items())
        # That a rule contradicts itself is for its kind to say.
        yield from (Move(_dotted(key), None, "removed", key, entry) for key in removed if key not in moved)


def _dotted(name: str) -> str:
    """``name`` without the sign of where its module ends."""
    return name.replace(":", ".")


def _problem(move: Move, new: str, moves: Mapping[str, Move], circles: set[frozenset[str]]) -> str | None:
    """What is wrong with where ``move`` leads; of the moves of a circle only the first has the problem."""
    # By the names of the moves, not by those of the things moved: `a = "b.c"`, `b = "a"` makes ever longer ones.
    trail, end = [move.old], new
    while onward := _move_of(end, moves):
        if onward.old in trail:
            is_new = onward is move and frozenset(trail) not in circles
            circles.add(frozenset(trail))
            return _describe_circle(trail, new) if is_new else None
        if onward.new is None:
            return f"moves to {new!r}, where {end!r} is removed"
        trail.append(onward.old)
        end = onward.new + end[len(onward.old) :]
    return f"moves to {new!r}, which moves on; did you mean {end!r}?" if len(trail) > 1 else None


def _describe_circle(trail: list[str], new: str) -> str:
    if len(trail) > 1:
        return f"moves in a circle: {' -> '.join([*trail, trail[0]])}"
    if new == trail[0]:
        return "moves to itself"
    return f"moves to {new!r}, which is inside it; name what moves there one by one"


def _move_of(name: str, moves: Mapping[str, Move]) -> Move | None:
    """The move of ``name``, or of the nearest of the modules that it is in."""
    while name:
        if name in moves:
            return moves[name]
        name = name.rpartition(".")[0]
    return None


def _problem_below(move: Move, new: str, moves: Mapping[str, Move], sorted_names: list[str]) -> str | None:
    """What is wrong with the move of a whole module if something in the new module moves on."""
    for name in sorted_names[bisect_left(sorted_names, f"{new}.") :]:
        if not name.startswith(f"{new}."):
            break
        old = move.old + name[len(new) :]
        if old not in moves:
            return f"moves to {new!r}, where {name!r} does not stay; say where {old!r} goes"
    return None


def _place(move: Move) -> Place:
    keys = next(keys for name, _, keys in flatten(move.entry.table[move.option]) if name == move.key)
    return move.entry.place.at(move.option, *keys)
