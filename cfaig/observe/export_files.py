"""Logs as files: lines of JSON, CSV, and Parquet made from lines of JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.observe.log import Log, flag_of, metadata_of, moment_of, number_of

# Rows that are held in memory, and a row group of the file.
PARQUET_ROWS: Final = 20_000

_TEXTS: Final = ("provider", "model", "path")
_MORE_TEXTS: Final = (
    "event_id",
    "user_agent",
    "request_type",
    "request_content_type",
    "response_content_type",
)
_WHOLE: Final = ("status_code", "duration", "tokens_in", "tokens_out", "step", "feedback")
_FLAGS: Final = ("success", "cached", "custom_cost")
COLUMNS: Final = (
    "id",
    "created_at",
    *_TEXTS,
    "status_code",
    "success",
    "cached",
    "tokens_in",
    "tokens_out",
    "cost",
    "duration",
    "step",
    "metadata",
    "custom_cost",
    "feedback",
    "score",
    *_MORE_TEXTS,
)
# What spreadsheets take for a formula; a client of the gateway chooses such texts.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class FileFormat(StrEnum):
    """How exported logs are written."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def format_of(file: Path) -> FileFormat:
    """The format that the file's name asks for.

    Raises CfaigError for another name, and for Parquet where its library is not installed.
    """
    known = {".jsonl": FileFormat.JSONL, ".ndjson": FileFormat.JSONL, ".csv": FileFormat.CSV}
    known[".parquet"] = FileFormat.PARQUET
    found = known.get(file.suffix.lower())
    if found is None:
        raise CfaigError(f"{file} has no format that logs are written in", f"end its name in {', '.join(known)}")
    if found is FileFormat.PARQUET and find_spec("pyarrow") is None:
        raise CfaigError(
            "Parquet needs the library pyarrow, which is not installed",
            "install it: pip install 'cfaig[parquet]', or export to .jsonl or .csv",
        )
    return found


def header(file_format: FileFormat) -> str:
    """What a file begins with."""
    return _csv_line(COLUMNS) if file_format is FileFormat.CSV else ""


def written(logs: Iterable[Log], file_format: FileFormat) -> str:
    """Logs as a part of a file; for Parquet as lines of JSON, of which it is made at the end."""
    if file_format is FileFormat.CSV:
        return "".join(_csv_line([_csv_cell(value) for value in _row(log).values()]) for log in logs)
    return "".join(json.dumps(log, ensure_ascii=False) + "\n" for log in logs)


def make_parquet(lines: Path, file: Path) -> None:
    """A Parquet file from lines of JSON, with types and compressed.

    Raises OSError when it cannot be written; then it is not whole.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([pa.field(name, _parquet_type(name)) for name in COLUMNS])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for rows in _in_parts(lines):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _in_parts(lines: Path) -> Iterator[Sequence[Mapping[str, Any]]]:
    part: list[Mapping[str, Any]] = []
    with lines.open(encoding="utf-8") as file:
        for line in file:
            part.append(_row(json.loads(line)))
            if len(part) >= PARQUET_ROWS:
                yield part
                part = []
    if part:
        yield part


def _row(log: Log) -> dict[str, Any]:
    """The columns of a log; None for what it does not tell."""
    told: dict[str, Any] = {name: None if log.get(name) is None else str(log[name]) for name in ("id", *_TEXTS)}
    told |= {name: None if log.get(name) is None else str(log[name]) for name in _MORE_TEXTS}
    told |= {name: None if log.get(name) is None else int(number_of(log, name)) for name in _WHOLE}
    told |= {name: None if log.get(name) is None else float(number_of(log, name)) for name in ("cost", "score")}
    told |= {name: None if log.get(name) is None else flag_of(log, name) for name in _FLAGS}
    told["created_at"] = moment_of(log)
    told["metadata"] = json.dumps(dict(metadata_of(log)), ensure_ascii=False)
    return {name: told[name] for name in COLUMNS}


def _parquet_type(name: str) -> Any:
    import pyarrow as pa

    if name == "created_at":
        return pa.timestamp("ms", tz="UTC")
    if name in _WHOLE:
        return pa.int64()
    if name in _FLAGS:
        return pa.bool_()
    return pa.float64() if name in {"cost", "score"} else pa.string()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(value)


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    # The ends of lines that RFC 4180 asks for; with others, Python 3.11 leaves a lone \r in a cell without quotes.
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
