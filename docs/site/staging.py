"""The pages as zensical takes them: one folder, in which every link leads to a page of the site.

Pages link to files of the repository, too. Those files are put on the site, so that it needs no network: Markdown as
a page, anything else as a page that shows its text.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from docs.site.blocks import without_marks

ROOT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = ROOT / "docs"
PICTURES: Final = DOCS / "pictures"
STYLE: Final = DOCS / "site" / "extra.css"
FILES: Final = "files"
"""The folder of the site for files of the repository that are not in `docs/`."""

# Fenced blocks are passed over: what looks like a link there is somebody's program.
_PARTS: Final = re.compile(
    r"^(?:```|~~~).*?^(?:```|~~~)\s*$|(?P<link>\]\((?P<target>[^)\s]+)\))", re.MULTILINE | re.DOTALL
)
_LANGUAGES: Final = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".py": "python", ".js": "js", ".toml": "toml"}
_SHOWN_CHARACTERS: Final = 200_000


class StagingError(Exception):
    """Links that lead nowhere, or files that two sources want to write; a line each."""


def stage(folder: Path, generated: Mapping[str, str]) -> int:
    """Write all pages into `folder`, which is emptied before; `generated` are more pages by their path. Counts them.

    Raises StagingError for links to files that do not exist.
    """
    pages = {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in _markdown(DOCS)}
    clashing = sorted(pages.keys() & generated.keys())
    if clashing:
        raise StagingError("\n".join(f"docs/{name}: this page is generated; remove the file" for name in clashing))
    staged, problems = _with_files(pages, frozenset(generated))
    if problems:
        raise StagingError("\n".join(problems))
    staged = {name: without_marks(text) for name, text in staged.items()} | dict(generated)
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in staged.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(PICTURES, folder / PICTURES.name)
    shutil.copy(STYLE, folder)
    return len(staged)


def _markdown(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.md"))


def _with_files(pages: Mapping[str, str], generated: frozenset[str]) -> tuple[dict[str, str], list[str]]:
    """The pages with their links led to the site, and the pages of the files that they link to."""
    staged: dict[str, str] = {}
    problems: list[str] = []
    waiting = {DOCS / name: text for name, text in pages.items()}
    while waiting:
        source, text = waiting.popitem()
        name = page_name(source)
        if source.suffix != ".md" and not source.is_dir():
            staged[name] = text
            continue
        staged[name], linked, missing = lead_links(source, text, generated)
        problems += missing
        for file in linked:
            if page_name(file) not in staged and file not in waiting:
                waiting[file] = file_page(file)
    return dict(sorted(staged.items())), sorted(problems)


def page_name(source: Path) -> str:
    """The path on the site of a page in `docs/`, or of any other file or folder of the repository."""
    if source.is_relative_to(DOCS) and source.suffix == ".md":
        return source.relative_to(DOCS).as_posix()
    name = source.relative_to(ROOT).as_posix()
    return f"{FILES}/{name}" if source.suffix == ".md" else f"{FILES}/{name}.md"


def file_page(source: Path) -> str:
    """The page of a file or folder outside `docs/`: Markdown as it is, anything else as a block."""
    if source.suffix == ".md":
        return source.read_text("utf-8")
    name = source.relative_to(ROOT).as_posix()
    if source.is_dir():
        entries = (path for path in sorted(source.iterdir()) if not path.name.startswith((".", "__pycache__")))
        listed = "\n".join(f"- [`{path.name}`]({path.name})" for path in entries if path.is_file())
        return f"# `{name}/`\n\nA folder of the repository.\n\n{listed}\n"
    text = source.read_text("utf-8")
    language = _LANGUAGES.get(source.suffix, "text")
    shown = text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}\n…\n"
    return f"# `{name}`\n\nA file of the repository.\n\n````{language}\n{shown}````\n"


def lead_links(source: Path, text: str, generated: frozenset[str]) -> tuple[str, list[Path], list[str]]:
    """`text` with its links led to pages of the site, the files outside `docs/` that they need, and what is missing."""
    linked: list[Path] = []
    missing: list[str] = []
    here = PurePosixPath(page_name(source)).parent
    base = source if source.is_dir() else source.parent

    def led(found: re.Match[str]) -> str:
        target = found["target"]
        if target is None or target.startswith(("http://", "https://", "mailto:", "#")):
            return found[0]
        path, mark, anchor = target.partition("#")
        file = Path(os.path.normpath(base / path))
        if file.is_relative_to(DOCS) and file.relative_to(DOCS).as_posix() in generated:
            return found[0]
        if not file.is_relative_to(ROOT) or not file.exists():
            line = text[: found.start()].count("\n") + 1
            missing.append(f"{source.relative_to(ROOT)}:{line}: there is no {target}")
            return found[0]
        if file.is_relative_to(PICTURES):
            return found[0]
        linked.append(file)
        return f"]({os.path.relpath(page_name(file), here)}{mark}{anchor})"

    return _PARTS.sub(led, text), linked, missing
