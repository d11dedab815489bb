"""What a page tells to run: its commands, files and outputs, in order, and the marks in comments that say more.

A mark is an HTML comment that begins with `docs:` and speaks of the next fenced block, or of the page:

- `docs: project WHAT`: what the page's folder holds at first: `repository` (default); `applied`, the same after
  `make up`; `deployed`, the same with the gateway `support` only, and after `cfaig apply -e dev`; `init`, what
  `cfaig init` makes; `none`, nothing
- `docs: file PATH`: the block is written to this file of the project
- `docs: output`: the block is what the commands of the block before have printed; `…` stands for anything, alone on a
  line for any lines. `docs: part of the output`: they have printed this, and more
- `docs: exit 0 2`: the exit codes of the block's commands, `0|2` for one of several; without it all are 0
- `docs: not run KIND: REASON`: the block is not run; `docs: not run "TEXT" KIND: REASON`: nor are its commands with
  this text; `docs: no block is run, KIND: REASON`: nor is any on the page
- `docs: run`, with lines below it: commands that readers need not see
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast, get_args

SHELLS: Final = frozenset({"sh", "console"})
KINDS: Final = {
    "account": "needs an account at Cloudflare, or at another service",
    "internet": "needs more of the internet than package registries",
    "person": "needs a person: a question, an editor, a browser",
    "program": "needs a program that is not there",
    "elsewhere": "another test or target runs it, which the reason names first",
}
Start: TypeAlias = Literal["repository", "applied", "deployed", "init", "none"]

_PARTS: Final = re.compile(
    r"^(?P<indent> *)(?:<!-- docs: (?P<mark>.*?)\s*-->$"
    r"|(?P<fence>`{3,})(?P<language>[\w+-]*)[^\n]*\n(?P<body>.*?)^(?P=indent)(?P=fence)\s*$)",
    re.MULTILINE | re.DOTALL,
)
_NOT_RUN: Final = re.compile(
    r'(?:not run(?: "(?P<text>[^"]+)")?|(?P<page>no block is run,)) (?P<kind>\w+): (?P<reason>.+)', re.DOTALL
)
_OUTPUTS: Final = ("output", "part of the output")


class MarkError(Exception):
    """A mark that nobody understands, or a block that lacks one; the message has page and line."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a block: its text as it stands there, the line of the page, the exit codes that it may have.

    `block` is the line of its block; in a block of kind `console` each command is a block of its own.
    """

    text: str
    line: int
    block: int
    exit_codes: frozenset[int] = frozenset({0})


@dataclass(frozen=True, slots=True)
class File:
    """A file of the project, with the text that it gets at this point."""

    path: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Output:
    """What the commands of the block before must have printed; `is_part`: and maybe more."""

    text: str
    line: int
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class NotRun:
    """Commands that are not run, and why."""

    text: str
    line: int
    kind: str
    reason: str


Step: TypeAlias = Command | File | Output | NotRun


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a page tells to run."""

    start: Start
    steps: tuple[Step, ...]

    @property
    def commands(self) -> tuple[Command, ...]:
        """Those that are run."""
        return tuple(step for step in self.steps if isinstance(step, Command))

    @property
    def left_out(self) -> tuple[NotRun, ...]:
        """Those that are not."""
        return tuple(step for step in self.steps if isinstance(step, NotRun))


def without_marks(text: str) -> str:
    """The page without its marks, as the site shows it."""
    return _PARTS.sub(lambda part: part[0] if part["mark"] is None else "", text)


def read_blocks(text: str, name: str) -> Blocks:
    """The blocks of a page; `name` is for messages.

    Raises MarkError for marks that are wrong, and for blocks without a language.
    """
    return _Reader(name).read(text)


class _Reader:
    """Reads one page; keeps the marks that wait for their block."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.start: Start = "repository"
        self.marks: dict[str, str] = {}
        self.left_out: list[tuple[str | None, str, str]] = []
        self.of_page: list[tuple[str | None, str, str]] = []

    def read(self, text: str) -> Blocks:
        steps: list[Step] = []
        for part in _PARTS.finditer(text):
            line = text[: part.start()].count("\n") + 1
            if part["mark"] is None:
                steps += self.block(part["language"], _unindented(part["body"], part["indent"]), line)
            else:
                steps += self.mark(_unindented(part["mark"], part["indent"]), line)
        if self.marks or self.left_out:
            raise MarkError(f"{self.name}: a mark at the end has no block")
        return Blocks(self.start, tuple(steps))

    def mark(self, mark: str, line: int) -> Iterator[Step]:
        word, _, rest = mark.partition(" ")
        if mark.startswith("run\n"):
            yield from _commands(mark.removeprefix("run\n"), line)
        elif word == "project" and rest in get_args(Start):
            self.start = cast("Start", rest)
        elif found := _NOT_RUN.fullmatch(mark):
            self.check_kind(found["kind"], line)
            left_out = self.of_page if found["page"] else self.left_out
            left_out.append((found["text"], found["kind"], " ".join(found["reason"].split())))
        elif word in ("file", "exit") and rest:
            self.marks[word] = rest
        elif mark in _OUTPUTS:
            self.marks["output"] = mark
        else:
            raise MarkError(f"{self.name}:{line}: there is no mark {mark!r}")

    def check_kind(self, kind: str, line: int) -> None:
        if kind not in KINDS:
            raise MarkError(f"{self.name}:{line}: {kind} is none of {', '.join(KINDS)}")

    def block(self, language: str, body: str, line: int) -> Iterator[Step]:
        marks, left_out = self.marks, self.left_out
        self.marks, self.left_out = {}, []
        if not language:
            raise MarkError(f"{self.name}:{line}: a block without a language: write sh, console, text or another one")
        if "file" in marks:
            yield File(marks["file"], body, line)
        elif "output" in marks:
            yield Output(body, line, marks["output"] != "output")
        elif language in SHELLS:
            yield from self.shell(language, body, line, marks.get("exit", ""), left_out + self.of_page)
        elif left_out:
            raise MarkError(f"{self.name}:{line}: only blocks of commands can be left out")

    def shell(
        self, language: str, body: str, line: int, codes: str, left_out: list[tuple[str | None, str, str]]
    ) -> Iterator[Step]:
        shown = list(_session(body, line) if language == "console" else _commands(body, line))
        run = [step for step in shown if isinstance(step, Command) and not _left_out(step, left_out)]
        expected = [frozenset(map(int, each.split("|"))) for each in codes.split()]
        if expected and len(expected) != len(run):
            raise MarkError(f"{self.name}:{line}: {len(expected)} exit codes for {len(run)} commands")
        of_command = dict(zip((step.line for step in run), expected, strict=False))
        is_kept = True
        for step in shown:
            why = _left_out(step, left_out) if isinstance(step, Command) else None
            if isinstance(step, Command):
                is_kept = why is None
            if why is not None:
                yield NotRun(step.text, step.line, *why)
            elif isinstance(step, Command):
                yield replace(step, exit_codes=of_command.get(step.line, step.exit_codes))
            elif is_kept:
                yield step


def _unindented(text: str, indent: str) -> str:
    return re.sub(f"^{indent}", "", text, flags=re.MULTILINE)


def _left_out(command: Command, marks: list[tuple[str | None, str, str]]) -> tuple[str, str] | None:
    for text, kind, reason in marks:
        if text is None or text in command.text:
            return kind, reason
    return None


def _session(body: str, line: int) -> Iterator[Command | Output]:
    """A block of `$ command` lines with what they print below."""
    blocks = re.split(r"^\$ ", body, flags=re.MULTILINE)
    at = line + 1 + blocks[0].count("\n")
    for block in blocks[1:]:
        command, _, printed = block.partition("\n")
        yield Command(command, at, at)
        if printed:
            yield Output(printed, at + 1)
        at += block.count("\n")


def _commands(body: str, block: int) -> Iterator[Command]:
    """The commands of a script that begins below line `block`: lines that belong together make one."""
    text, begun = "", block
    for number, each in enumerate(body.splitlines(), block + 1):
        if not text and (not each.strip() or each.lstrip().startswith("#")):
            continue
        begun = begun if text else number
        text += each + "\n"
        if not each.endswith("\\") and _is_whole(text):
            yield Command(text.rstrip("\n"), begun, block)
            text = ""
    if text:
        yield Command(text.rstrip("\n"), begun, block)


def _is_whole(text: str) -> bool:
    checked = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True, check=False)
    return checked.returncode == 0 and not checked.stderr


def pages(root: Path) -> tuple[Path, ...]:
    """The README and every page of the documentation."""
    return (root / "README.md", *sorted((root / "docs").rglob("*.md")))
