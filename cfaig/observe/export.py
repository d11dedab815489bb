"""Writing all wanted logs into a file: whole, or clearly a part that the next run goes on with.

While it is written, the file is called `FILE.partial`, and `FILE.partial.json` tells how far it has come. Both are
brought up to date page by page, the data first: what the second does not tell of is cut off before going on. So
nothing is there twice, and nothing is missing.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from cfaig.errors import CfaigError
from cfaig.observe.export_files import FileFormat, format_of, header, make_parquet, written
from cfaig.observe.log_filter import LogFilter
from cfaig.observe.read_logs import Cursor, LogReader, logs_after
from cfaig.observe.redact import Redactor
from cfaig.observe.window import in_utc
from cfaig.observe.window import written as written_moment
from cfaig.whole_files import write_whole

VERSION: Final = 1
# Logs hold what people wrote.
MODE: Final = 0o600
_BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)


class NotBegunError(CfaigError):
    """An export that cannot even begin, or go on: what is there is in its way, and stays as it is."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export has come. `until` is fixed when it begins; `expected` logs were there to look at then."""

    until: datetime
    cursor: Cursor
    size: int = 0
    rows: int = 0
    looked_at: int = 0
    expected: int | None = None

    def document(self, request: Mapping[str, Any]) -> str:
        """As it is kept, with what was asked for."""
        seen = {identity: written_moment(moment) for identity, moment in self.cursor.seen.items()}
        return json.dumps(
            {
                "version": VERSION,
                "request": request,
                "until": self.until.isoformat(),
                "cursor": {"moment": self.cursor.moment.isoformat(), "seen": seen},
                "size": self.size,
                "rows": self.rows,
                "looked_at": self.looked_at,
                "expected": self.expected,
            },
            indent=2,
        )


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the logs in all, those of this run, and how many fewer there were to read than at first."""

    rows: int
    resumed_at: int
    missing: int


@dataclass(frozen=True)
class Export:
    """One file to be written. `request` says in simple words what is asked for: the same words go on."""

    file: Path
    request: Mapping[str, Any]
    redactor: Redactor
    tell: Callable[[Progress], None]

    @property
    def partial(self) -> Path:
        """The file while it is not whole."""
        return self.file.with_name(f"{self.file.name}.partial")

    @property
    def notes(self) -> Path:
        """How far the partial file has come."""
        return self.file.with_name(f"{self.file.name}.partial.json")

    def write(self, reader: LogReader, wanted: LogFilter, now: datetime) -> Exported:
        """Begin, or go on where the last run was stopped, up to the end.

        Raises NotBegunError when the file is there already, is being written by another run or belongs to other
        options, and CfaigError when it cannot be read on or written; then the next run goes on.
        """
        file_format = format_of(self.file)
        if self.file.exists():
            raise NotBegunError(f"{self.file} is there already", "take another name, or remove it first")
        try:
            with _locked(self.partial) as out:
                before = self._before(out)
                progress = self._fill(out, reader, wanted, before or _first(wanted, now), file_format)
                self._finish(file_format)
        except OSError as error:
            raise CfaigError(f"cannot write {error.filename or self.file}: {error.strerror}") from error
        missing = max((progress.expected or 0) - progress.looked_at, 0)
        return Exported(progress.rows, before.rows if before else 0, missing)

    def _before(self, out: BinaryIO) -> Progress | None:
        """How far the last run came; the partial file is cut to that."""
        size = out.seek(0, os.SEEK_END)
        if not self.notes.exists():
            out.truncate(0)
            return None
        progress = _read(self.notes, self.request)
        if size < progress.size:
            raise NotBegunError(
                f"{self.partial} is shorter than {self.notes.name} says", f"begin anew: rm {self.partial} {self.notes}"
            )
        out.truncate(progress.size)
        return progress

    def _fill(
        self, out: BinaryIO, reader: LogReader, wanted: LogFilter, progress: Progress, file_format: FileFormat
    ) -> Progress:
        out.seek(0, os.SEEK_END)
        if not progress.size:
            progress = self._append(out, progress, header(file_format))
        span = replace(wanted, until=progress.until)
        for batch in logs_after(reader, span, progress.cursor):
            logs = [self.redactor.value(log) for log in batch.wanted]
            looked_at = progress.looked_at + len(batch.logs)
            expected = progress.expected
            if expected is None and batch.left is not None:
                expected = looked_at + batch.left
            progress = replace(
                progress,
                cursor=batch.cursor,
                rows=progress.rows + len(logs),
                looked_at=looked_at,
                expected=expected,
            )
            progress = self._append(out, progress, written(logs, file_format))
            self.tell(progress)
        return progress

    def _append(self, out: BinaryIO, progress: Progress, text: str) -> Progress:
        data = text.encode("utf-8", "replace")
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
        after = replace(progress, size=progress.size + len(data))
        write_whole(self.notes, after.document(self.request), MODE)
        return after

    def _finish(self, file_format: FileFormat) -> None:
        if file_format is FileFormat.PARQUET:
            made = self.file.with_name(f".{self.file.name}.making")
            try:
                make_parquet(self.partial, made)
                made.chmod(MODE)
                made.replace(self.file)
            finally:
                made.unlink(missing_ok=True)
            self.partial.unlink()
        else:
            self.partial.replace(self.file)
        self.notes.unlink()


def _first(wanted: LogFilter, now: datetime) -> Progress:
    return Progress(wanted.until or now, Cursor(wanted.since or _BEGINNING))


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, MODE)
    with os.fdopen(descriptor, "r+b") as out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotBegunError(f"another run writes {path} now", "wait for it, or take another name") from None
        yield out


def _read(notes: Path, request: Mapping[str, Any]) -> Progress:
    begin = f"go on with the same options, or begin anew: rm {notes.with_suffix('')} {notes}"
    try:
        document = json.loads(notes.read_text(encoding="utf-8"))
        if document["version"] != VERSION or document["request"] != json.loads(json.dumps(request)):
            raise NotBegunError(f"{notes.with_suffix('')} was begun with other options: {_words(document)}", begin)
        cursor = document["cursor"]
        seen = {identity: in_utc(datetime.fromisoformat(moment)) for identity, moment in cursor["seen"].items()}
        return Progress(
            until=datetime.fromisoformat(document["until"]),
            cursor=Cursor(datetime.fromisoformat(cursor["moment"]), seen),
            size=int(document["size"]),
            rows=int(document["rows"]),
            looked_at=int(document["looked_at"]),
            expected=document["expected"],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotBegunError(f"{notes} is damaged", begin) from error


def _words(document: Mapping[str, Any]) -> str:
    return json.dumps(document.get("request"), ensure_ascii=False)
