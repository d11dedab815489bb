"""Exports: whole or clearly a part; whatever stops one, the next run makes the file as if nothing had happened."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.errors import CfaigError
from cfaig.observe.export import Export, Exported, Progress
from cfaig.observe.export_files import COLUMNS, format_of, header, written
from cfaig.observe.export_files import FileFormat as Format
from cfaig.observe.log_filter import LogFilter
from cfaig.observe.ranges import Range
from cfaig.observe.redact import Redactor
from tests.observe.shelf import BEGIN, Shelf, log

NOW = BEGIN + timedelta(days=1)


class StoppedError(Exception):
    pass


def nothing(_: Progress) -> None:
    pass


def export(shelf: Shelf, file: Path, wanted: LogFilter | None = None, **more: Any) -> Exported:
    made = Export(file, {"gateway": "g"}, Redactor(), more.get("tell", nothing))
    return made.write(shelf.reader(), wanted or LogFilter(), more.get("now", NOW))


@settings(max_examples=25, deadline=None)
@given(
    times=st.lists(st.integers(0, 60), min_size=1, max_size=240),
    stops=st.lists(st.tuples(st.integers(1, 6), st.binary(max_size=20)), max_size=4),
    suffix=st.sampled_from(["jsonl", "csv"]),
)
def test_stopped_anywhere_it_goes_on(
    tmp_path_factory: pytest.TempPathFactory, times: list[int], stops: list[tuple[int, bytes]], suffix: str
) -> None:
    """A run is stopped while it reads a page, perhaps in the middle of a write; new logs come between the runs."""
    folder = tmp_path_factory.mktemp("export")
    logs = [log(number, at, status_code=200 + number % 2) for number, at in enumerate(times)]
    wanted = LogFilter(statuses=(Range(200, 200),))
    export(Shelf(list(logs)), folder / f"straight.{suffix}", wanted)
    file, shelf = folder / f"stopped.{suffix}", Shelf(list(logs))
    for calls, half in stops:
        last = shelf.calls + calls

        def stop(own: Shelf, last: int = last) -> None:
            if own.calls >= last:
                raise StoppedError

        shelf.between = stop
        try:
            export(shelf, file, wanted)
            break
        except StoppedError:
            assert not file.exists()
            with (folder / f"{file.name}.partial").open("ab") as partial:
                partial.write(half)
            shelf.logs.append(log(len(shelf.logs), 10**8))
    shelf.between = lambda _: None
    if not file.exists():
        export(shelf, file, wanted, now=NOW + timedelta(days=9))
    expected = {each["id"] for each in logs if each["status_code"] == 200}
    lines = file.read_text().splitlines()
    got = (
        [json.loads(line)["id"] for line in lines] if suffix == "jsonl" else [line.split(",")[0] for line in lines[1:]]
    )
    begun_late = {f"log-{number:04}" for number in range(len(logs), len(shelf.logs))}
    assert sorted(set(got) - begun_late) == sorted(expected)
    assert len(got) == len(set(got))
    assert not list(folder.glob("stopped*.partial*"))
    if len(shelf.logs) == len(logs):
        assert file.read_bytes() == (folder / f"straight.{suffix}").read_bytes()


def test_what_came_after_the_beginning_is_left_out_of_a_file_that_is_gone_on_with(tmp_path: Path) -> None:
    shelf, file = Shelf([log(number, number) for number in range(120)]), tmp_path / "logs.jsonl"
    seen: list[Progress] = []

    def stop(step: Progress) -> None:
        seen.append(step)
        raise StoppedError

    with pytest.raises(StoppedError):
        export(shelf, file, tell=stop)
    assert (seen[0].rows, seen[0].expected) == (50, 120)
    shelf.logs.append(log(500, int(timedelta(days=2) / timedelta(milliseconds=1))))
    done = export(shelf, file, now=NOW + timedelta(days=5))
    assert done == Exported(rows=120, resumed_at=50, missing=0)
    assert len(file.read_text().splitlines()) == 120
    assert file.stat().st_mode & 0o777 == 0o600


def test_logs_that_are_deleted_before_they_are_read_are_counted(tmp_path: Path) -> None:
    def lose(own: Shelf) -> None:
        own.logs = own.logs[:50] + own.logs[90:] if own.calls == 1 else own.logs

    shelf = Shelf([log(number, number) for number in range(200)], lose)
    assert export(shelf, tmp_path / "logs.jsonl") == Exported(rows=160, resumed_at=0, missing=40)


def test_other_options_do_not_go_on(tmp_path: Path) -> None:
    shelf, file = Shelf([log(number, number) for number in range(60)]), tmp_path / "logs.jsonl"

    def stop(_: Progress) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        export(shelf, file, tell=stop)
    other = Export(file, {"gateway": "g", "model": ["gpt-4o"]}, Redactor(), nothing)
    with pytest.raises(CfaigError, match="other options") as told:
        other.write(shelf.reader(), LogFilter(), NOW)
    assert f"rm {file}.partial {file}.partial.json" in (told.value.hint or "")
    (tmp_path / "logs.jsonl.partial.json").write_text("{")
    with pytest.raises(CfaigError, match="damaged"):
        export(shelf, file)
    assert not file.exists()


def test_a_partial_file_that_lost_its_end_is_refused(tmp_path: Path) -> None:
    shelf, file = Shelf([log(number, number) for number in range(60)]), tmp_path / "logs.jsonl"

    def stop(_: Progress) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        export(shelf, file, tell=stop)
    (tmp_path / "logs.jsonl.partial").write_text("")
    with pytest.raises(CfaigError, match="shorter"):
        export(shelf, file)


def test_what_is_there_is_not_overwritten_and_two_runs_do_not_mix(tmp_path: Path) -> None:
    shelf, file = Shelf([log(0, 0)]), tmp_path / "logs.jsonl"

    def again(_: Progress) -> None:
        with pytest.raises(CfaigError, match="another run"):
            export(Shelf([]), file)

    export(shelf, file, tell=again)
    with pytest.raises(CfaigError, match="there already"):
        export(shelf, file)
    with pytest.raises(CfaigError, match="cannot write"):
        export(shelf, tmp_path / "missing" / "logs.jsonl")


def test_parquet_has_the_same_logs_with_types(tmp_path: Path) -> None:
    logs = [log(number, number, metadata={"user": f"ann{number}"}, score=None) for number in range(130)]
    export(Shelf(logs), tmp_path / "logs.parquet")
    table = pq.read_table(tmp_path / "logs.parquet")
    assert table.column_names == list(COLUMNS)
    assert table.column("id").to_pylist() == [each["id"] for each in logs]
    first = table.slice(0, 1).to_pylist()[0]
    assert (first["created_at"], first["cost"], first["cached"], first["duration"]) == (BEGIN, 0.5, False, 7)
    assert json.loads(first["metadata"]) == {"user": "ann0"}
    assert first["score"] is None
    assert [path.name for path in tmp_path.iterdir()] == ["logs.parquet"]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_csv_can_be_read_again_and_holds_no_formula(model: str, user: str) -> None:
    line = log(1, 2, model=model, metadata={"user": user}, feedback=-1)
    text = header(Format.CSV) + written([line], Format.CSV)
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    assert row["model"].removeprefix("'") == model.removeprefix("'")
    assert not row["model"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert json.loads(row["metadata"]) == {"user": user}
    assert (row["created_at"], row["feedback"], row["cached"]) == ("2026-11-22T00:00:00.002Z", "-1", "false")


def test_unknown_formats() -> None:
    with pytest.raises(CfaigError, match="no format") as told:
        format_of(Path("logs.xlsx"))
    assert ".parquet" in (told.value.hint or "")


def test_parquet_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CfaigError) as told:
        format_of(Path("logs.parquet"))
    assert "pip install 'cfaig[parquet]'" in (told.value.hint or "")
