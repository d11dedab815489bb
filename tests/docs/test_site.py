"""The site: built strictly, complete, and with nothing in it that is loaded from elsewhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import typer
import yaml

from cfaig.cli.main import command_line
from cfaig.explaining import explanations
from docs.site.__main__ import CONFIGURATION
from docs.site.reference import reference_pages
from docs.site.staging import DOCS, file_page, lead_links
from tests.engine_fixtures import ROOT

LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


@dataclass
class Page(HTMLParser):
    """What one page of the site has: ids, links, and what it loads."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids |= {value for name in ("id", "name") if (value := named.get(name))}
        if tag == "a" and (link := named.get("href")):
            self.links.append(link)
        if (
            (name := LOADS.get(tag))
            and (loaded := named.get(name))
            and named.get("rel") not in ("canonical", "prev", "next")
        ):
            self.loads.append(loaded)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it, in a copy of what it is made from."""
    base = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "docs.site", str(base)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return base / "site"


def pages(site: Path) -> Iterator[tuple[Path, Page]]:
    for path in sorted(site.rglob("*.html")):
        page = Page()
        page.feed(path.read_text("utf-8"))
        yield path, page


def test_every_link_and_anchor_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    known = dict(pages(site))
    assert len(known) > 50
    problems: list[str] = []
    for path, page in known.items():
        problems += [f"{path.name} loads {found}" for found in page.loads if urlsplit(found).netloc]
        for link in page.links:
            target = urlsplit(link)
            if target.scheme or target.netloc or path.name == "404.html":
                continue
            file = (path.parent / unquote(target.path)).resolve() if target.path else path
            file = file / "index.html" if file.is_dir() else file
            if not file.is_file():
                problems.append(f"{path.relative_to(site)} links to {link}")
            elif target.fragment and unquote(target.fragment) not in known[file].ids:
                problems.append(f"{path.relative_to(site)}: {link} has no such anchor")
    assert problems == []


def test_every_page_is_in_the_navigation_and_every_entry_has_its_page() -> None:
    written = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    text = CONFIGURATION.read_text().partition("nav:\n")[2]
    named = set(_leaves(yaml.safe_load(text)))
    assert named == written | reference_pages().keys() | {"files/CHANGELOG.md"}


def _leaves(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for inner in node.values() if isinstance(node, dict) else node:
            yield from _leaves(inner)


def test_the_reference_has_every_command_option_code_and_key() -> None:
    made = reference_pages()
    commands = made["reference/commands.md"]
    for path, command in _commands(typer.main.get_command(command_line()), ("cfaig",)):
        assert f"# {' '.join(path)}\n" in commands
        section = commands.partition(f"# {' '.join(path)}\n")[2].partition("\n#")[0]
        options = (name for each in command.params for name in each.opts if name.startswith("--"))
        assert all(f"{name}" in section for name in options), path
    assert all(f"## {code}\n" in made["reference/codes.md"] for code in explanations())
    gateway = made["reference/gateway.md"]
    assert all(f"| `{key}`" in gateway for key in ("cache", "ttl", "chain", "spend_limits", "renamed_from", "hostname"))


def _commands(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, inner in getattr(command, "commands", {}).items():
        if not inner.hidden:
            yield (*path, name), inner
            yield from _commands(inner, (*path, name))


def test_a_link_to_a_file_that_is_not_there_is_told_with_its_place() -> None:
    text = "# A page\n\n[there](safety.md#x) and [not there](../cfaig/gone.py)\n\n```text\n[no](link.md)\n```\n"
    led, linked, missing = lead_links(DOCS / "page.md", text, frozenset())
    assert missing == ["docs/page.md:3: there is no ../cfaig/gone.py"]
    assert linked == [DOCS / "safety.md"]
    assert led == text


def test_files_of_the_repository_become_pages_of_the_site() -> None:
    text = "[the Worker](../../edge/src) and [the schema](../../schemas/plan.schema.json)\n"
    led, linked, missing = lead_links(DOCS / "how-to/page.md", text, frozenset())
    assert led == "[the Worker](../files/edge/src.md) and [the schema](../files/schemas/plan.schema.json.md)\n"
    assert missing == []
    assert [file_page(file).splitlines()[0] for file in linked] == ["# `edge/src/`", "# `schemas/plan.schema.json`"]
