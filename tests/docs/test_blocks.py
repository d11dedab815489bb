"""Every command block of the README and the documentation, run as a reader would, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from docs.site.blocks import Blocks, MarkError, pages, read_blocks
from tests.docs.projects import begin, environment, serve, stop
from tests.docs.session import play
from tests.engine_fixtures import ROOT
from tests.local.running import RunningCloudflare

PAGES: Final = [page.relative_to(ROOT).as_posix() for page in pages(ROOT)]
LOCAL: Final = "127.0.0.1:8790"
"""Where the pages say that the local Cloudflare is; each page has its own elsewhere."""


def blocks_of(name: str) -> Blocks:
    return read_blocks((ROOT / name).read_text(), name)


def is_run(name: str) -> bool:
    """Whether something of a page is run; a page that cannot be read is, so that its test fails."""
    try:
        return bool(blocks_of(name).commands)
    except MarkError:
        return True


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """The folder of the page; a local Cloudflare that was started in it is stopped."""
    root = tmp_path / "project"
    root.mkdir()
    yield root
    stop(root)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / "docs-shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.engine
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", [name for name in PAGES if is_run(name)])
@pytest.mark.usefixtures("engine")
def test_the_commands_of_a_page_do_what_it_says(
    name: str, project: Path, shared: Path, local_cloudflare: RunningCloudflare
) -> None:
    blocks = blocks_of(name)
    begin(project, blocks.start, shared)
    local_cloudflare.reset()
    url, replaced = local_cloudflare.url, {}
    if LOCAL in (ROOT / name).read_text() or blocks.start == "deployed":
        own = serve(project)
        replaced = {LOCAL: urlsplit(own).netloc}
        url = own if blocks.start == "deployed" else url
    play(blocks, name, project, environment(project, url), replaced)


@pytest.mark.parametrize("name", PAGES)
def test_the_marks_of_a_page_are_understood_and_every_block_has_a_language(name: str) -> None:
    blocks_of(name)


def test_what_another_test_runs_is_there() -> None:
    for name in PAGES:
        for left_out in blocks_of(name).left_out:
            if left_out.kind == "elsewhere":
                place = left_out.reason.replace(",", " ").replace(":", " ").split()[0]
                assert (ROOT / place).exists(), f"{name}:{left_out.line}: there is no {place}"
