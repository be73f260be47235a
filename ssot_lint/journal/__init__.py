"""What runs wrote, kept so that it can be taken back: `Journal` keeps the records, `undo` goes by them.

A record is complete before the first file is written. Whatever happens then, the hash of a file tells whether it is as
it was before, as it was to be, or has been changed by somebody since; so nothing has to be told while files are
written, and a process that is killed leaves nothing that the record does not know.
"""

from __future__ import annotations

from ssot_lint.journal.keeping import Journal, NoRecord, is_alive
from ssot_lint.journal.records import FileRecord, Run, file_record, hash_of
from ssot_lint.journal.undoing import Undone, Wanted, undo

__all__ = ["FileRecord", "Journal", "NoRecord", "Run", "Undone", "Wanted", "file_record", "hash_of", "is_alive", "undo"]
