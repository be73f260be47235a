"""One run that wrote files, as values and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from ssot_lint.fixing.proofs import proof_of
from ssot_lint.fixing.trail import made
from ssot_lint.model import Hunk, Violation

VERSION = 1
"""The version of the format; records of another one are left alone."""

State = Literal["writing", "finished", "undone"]


@dataclass(frozen=True)
class Done:
    """One fix that was made: of which rule, where in the old files, what for and why it may be made.

    Its violation may be in another file than the one that changed: ``path`` is its own.
    """

    code: str
    message: str
    path: str
    row: int
    column: int
    applicability: str
    reason: str
    proof: str

    @classmethod
    def of(cls, violation: Violation) -> Done:
        """Tell what the fix of ``violation`` did; one that went with the fix of another has none of its own."""
        start, fix = violation.range.start, violation.fix
        applicability, reason = (fix.applicability.value, fix.message) if fix else ("", "")
        place = violation.path, start.row, start.column
        return cls(violation.code, violation.message, *place, applicability, reason, proof_of(violation))


@dataclass(frozen=True)
class FileRecord:
    """What a run made of the file ``path``: hashes before and after (``None``: no file), what changed, what for.

    ``mode`` is that of a file that is gone. ``hunks`` are in the order of the old file.
    """

    path: str
    before: str | None
    after: str | None
    hunks: tuple[Hunk, ...]
    done: tuple[Done, ...] = ()
    mode: int | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The rules that changed the file."""
        return tuple(sorted({code for hunk in self.hunks for code in hunk.codes}))

    def left(self, hunks: tuple[Hunk, ...], after: bytes | None) -> FileRecord:
        """Give the record of the file once it holds ``after``, and only ``hunks`` are left of the changes."""
        codes = {code for hunk in hunks for code in hunk.codes}
        done = tuple(one for one in self.done if one.code in codes)
        return replace(self, after=hash_of(after), hunks=hunks, done=done)


@dataclass(frozen=True)
class Run:
    """One run: its name, when and by which command, and what it made of which files.

    ``request`` stands for all that the run was asked, so that the same run started again is known; ``process`` is the
    one that writes, or wrote. ``doubted`` are paths of files that are being verified, and may be put back. ``left`` is
    what an undo that may have been interrupted leaves of some files.
    """

    name: str
    started: str
    command: str
    request: str
    process: int
    state: State
    files: tuple[FileRecord, ...]
    doubted: tuple[str, ...] = ()
    left: tuple[FileRecord, ...] = ()


def hash_of(raw: bytes | None) -> str | None:
    """Give the hash by which the content of a file is known again; ``None`` for no file."""
    if raw is None:
        return None
    from hashlib import sha256

    return sha256(raw).hexdigest()


def file_record(
    path: str,
    before: bytes | None,
    after: bytes | None,
    hunks: Iterable[Hunk] = (),
    violations: Iterable[Violation] = (),
    mode: int | None = None,
) -> FileRecord:
    """Make the record of a file; where ``hunks`` do not make ``after`` of ``before`` it is changed as a whole."""
    done = tuple(Done.of(violation) for violation in violations)
    hunks = tuple(hunks)
    if before is None or after is None or made(before, hunks) != after:
        codes = tuple(sorted({one.code for one in done}.union(*(hunk.codes for hunk in hunks))))
        hunks = (Hunk(0, before or b"", after or b"", codes),)
    return FileRecord(path, hash_of(before), hash_of(after), hunks, done, mode)


def to_json(run: Run) -> dict[str, Any]:
    """Give ``run`` as JSON has it; bytes that are not UTF-8 stand in strings as halves of surrogates."""
    return {
        "version": VERSION,
        "run": run.name,
        "started": run.started,
        "command": run.command,
        "request": run.request,
        "process": run.process,
        "state": run.state,
        "files": [_file_to_json(file) for file in run.files],
        "doubted": list(run.doubted),
        "left": [_file_to_json(file) for file in run.left],
    }


def _file_to_json(file: FileRecord) -> dict[str, Any]:
    return {
        "filename": file.path,
        "before": file.before,
        "after": file.after,
        "mode": file.mode,
        "fixes": [
            {
                "code": done.code,
                "message": done.message,
                "filename": done.path,
                "location": {"row": done.row, "column": done.column},
                "applicability": done.applicability,
                "reason": done.reason,
                "proof": done.proof,
            }
            for done in file.done
        ],
        "edits": [
            {
                "start": hunk.start,
                "row": hunk.row,
                "old": _text(hunk.old),
                "new": _text(hunk.new),
                "codes": list(hunk.codes),
            }
            for hunk in file.hunks
        ],
    }


def from_json(data: dict[str, Any]) -> Run:
    """Give the run that `to_json` wrote; raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    if data["version"] != VERSION:
        raise ValueError(f"version {data['version']} of the format is not known")
    files, left = (tuple(_file_from_json(file) for file in data[key]) for key in ("files", "left"))
    return Run(
        data["run"],
        data["started"],
        data["command"],
        data["request"],
        data["process"],
        data["state"],
        files,
        tuple(data["doubted"]),
        left,
    )


def _file_from_json(data: dict[str, Any]) -> FileRecord:
    done = tuple(
        Done(
            fix["code"],
            fix["message"],
            fix["filename"],
            fix["location"]["row"],
            fix["location"]["column"],
            fix["applicability"],
            fix["reason"],
            fix["proof"],
        )
        for fix in data["fixes"]
    )
    hunks = tuple(
        Hunk(edit["start"], _bytes(edit["old"]), _bytes(edit["new"]), tuple(edit["codes"]), edit["row"])
        for edit in data["edits"]
    )
    return FileRecord(data["filename"], data["before"], data["after"], hunks, done, data["mode"])


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
