"""Runs what a page tells to run: one shell for the page, in a project of its own."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docs.site.blocks import Blocks, Command, File, Output, Step

SECONDS: Final = 560.0
LINES_SHOWN: Final = 60


@dataclass(frozen=True)
class Ran:
    """One command that was run: its exit code, and both its streams as they came."""

    command: Command
    exit_code: int
    printed: str


def play(blocks: Blocks, name: str, root: Path, environ: Mapping[str, str], replaced: Mapping[str, str]) -> list[Ran]:
    """Run the commands of a page in `root`, and hold exit codes and outputs against what the page says.

    `replaced` are texts of the page and what stands for them here, in commands, files and outputs alike.
    """
    folder = root.with_name("ran")
    folder.mkdir()
    script = _script(blocks.steps, folder, replaced)
    process = subprocess.Popen(
        ["bash", "--noprofile", "--norc", "-c", script],
        cwd=root,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=SECONDS)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    ran = list(_ran(blocks.commands, folder))
    for each in ran:
        assert each.exit_code in each.command.exit_codes, _story(name, each)
    assert len(ran) == len(blocks.commands), f"{name}: the shell ended early\n{said}"
    _compare(blocks.steps, ran, name, replaced)
    return ran


def _script(steps: Iterable[Step], folder: Path, replaced: Mapping[str, str]) -> str:
    """One script for the page: each command in the same shell, its output and exit code in files of its own."""
    parts: list[str] = []
    number = 0
    for step in steps:
        match step:
            case File():
                target, text = shlex.quote(step.path), shlex.quote(_put(step.text, replaced))
                parts.append(f'mkdir -p "$(dirname {target})" && printf %s {text} > {target} || exit 99')
            case Command():
                path = shlex.quote(str(folder / str(number)))
                allowed = " ".join(map(str, sorted(step.exit_codes)))
                checked = f'code=$?; echo "$code" > {path}.code; [[ " {allowed} " == *" $code "* ]] || exit 98'
                parts.append(f"{{\n{_put(step.text, replaced)}\n}} > {path}.out 2>&1\n{checked}")
                number += 1
    return "\n".join(parts)


def _put(text: str, replaced: Mapping[str, str]) -> str:
    for old, new in replaced.items():
        text = text.replace(old, new)
    return text


def _ran(commands: Iterable[Command], folder: Path) -> Iterable[Ran]:
    for number, command in enumerate(commands):
        code = folder / f"{number}.code"
        if not code.exists():
            return
        printed = (folder / f"{number}.out").read_text(errors="replace")
        yield Ran(command, int(code.read_text()), printed)


def _compare(steps: Iterable[Step], ran: list[Ran], name: str, replaced: Mapping[str, str]) -> None:
    printed, block, waiting = "", 0, iter(ran)
    for step in steps:
        match step:
            case Command():
                before = printed if step.block == block else ""
                printed, block = before + next(waiting).printed, step.block
            case Output():
                wanted = _put(step.text, replaced).rstrip("\n")
                assert is_like(printed, f"…\n{wanted}\n…" if step.is_part else wanted), (
                    f"{name}:{step.line}: expected\n{wanted}\nbut it printed\n{printed}"
                )


def is_like(printed: str, wanted: str) -> bool:
    """Whether a text is what a page shows: `…` is anything on a line, and alone on a line any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + r" *\n"
        for line in wanted.strip("\n").splitlines()
    )
    return re.fullmatch(rf"\n*{pattern}\n*", printed.rstrip("\n") + "\n") is not None


def _story(name: str, ran: Ran) -> str:
    last = "\n".join(ran.printed.splitlines()[-LINES_SHOWN:])
    command = ran.command
    return (
        f"{name}:{command.line}: exit code {ran.exit_code}, not {sorted(command.exit_codes)}\n$ {command.text}\n{last}"
    )
