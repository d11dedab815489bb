"""`cfaig diff`: definitions of two Git refs, or of one and the work tree, offline and without touching anything."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from tests.cli.conftest import SUPPORT, Shell
from tests.engine_fixtures import ROOT

AUTHOR = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false")
LIVELY = SUPPORT.replace("ttl: 1h", "ttl: 30m").replace("      - {provider: anthropic", "      - {provider: groq")


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", *AUTHOR, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def _commit(folder: Path, message: str) -> None:
    _git(folder, "add", "--all", ".")
    _git(folder, "commit", "--quiet", "--allow-empty", "-m", message)


@pytest.fixture
def repository(shell: Shell) -> Shell:
    """A project in a subfolder of a repository, on branch `main`, with the gateway `support`."""
    _git(shell.root.parent, "init", "--quiet", "--initial-branch=main", ".")
    (shell.root.parent / ".gitignore").write_text("home/\n.venv\n")
    shell.define("support", SUPPORT)
    _commit(shell.root.parent, "first")
    return shell


def _schema() -> Any:
    diff, plan = (
        json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8")) for name in ("diff", "plan")
    )
    registry: Registry[Any] = Registry().with_resource(plan["$id"], Resource.from_contents(plan))
    return jsonschema.Draft202012Validator(diff, registry=registry)


def test_a_ref_and_the_work_tree(repository: Shell) -> None:
    same = repository.cfaig("diff", "main")
    assert "No differences" in same.stdout
    assert same.stdout.startswith("environments dev, local, prod, staging\n")
    repository.define("support", LIVELY)
    status = _git(repository.root, "status", "--porcelain", "--ignored")
    told = repository.cfaig("diff", "--ref", "main", code=2)
    assert "cache: ttl 1h → 30m" in told.stdout
    assert "groq" in told.stdout
    assert told.stdout.count("~ gateway support") == 1
    assert repository.cfaig("diff", code=2).stdout == told.stdout
    assert _git(repository.root, "status", "--porcelain", "--ignored") == status


def test_two_refs_and_environments_that_differ(repository: Shell) -> None:
    _git(repository.root, "checkout", "--quiet", "-b", "topic")
    repository.define("support", SUPPORT + "environments: {prod: {cache: {ttl: 2h}}}\n")
    _commit(repository.root, "longer in production")
    repository.define("support", "nonsense: true\n")
    told = repository.cfaig("diff", "main", "topic", code=2).stdout
    assert "environments dev, local, staging\n\nNo differences" in told
    assert "environment prod\n\n~ gateway support\n    cache: ttl 1h → 2h" in told
    assert repository.cfaig("diff", "--ref", "main", "--ref2", "topic", code=2).stdout == told
    assert "No differences" in repository.cfaig("diff", "main", "topic", "-e", "dev").stdout
    back = repository.cfaig("diff", "topic", "main", "-e", "prod", "--json", code=2).stdout
    document = json.loads(back)
    _schema().validate(document)
    (difference,) = document["differences"]
    assert difference["plan"]["changes"][0]["words"] == ["cache: ttl 2h → 1h"]
    assert document["to"]["commit"] == _git(repository.root, "rev-parse", "main").strip()


def test_what_cloudflare_does_not_hold_differs_too(repository: Shell) -> None:
    repository.define("support", SUPPORT.replace("OPENAI_API_KEY", "OTHER_KEY") + "protect: true\n")
    told = repository.cfaig("diff", "-e", "dev", code=2).stdout
    assert "key changed (hidden), from env://OTHER_KEY" in told
    assert "gateway/support: protect off → on" in told
    repository.define("support", SUPPORT + "labels: {team: help}\n")
    told = repository.cfaig("diff", "-e", "dev", code=2).stdout
    assert 'gateway/support: labels none → {"team": "help"}' in told
    assert "No differences in what Cloudflare holds." in told


def test_pages_for_people_elsewhere(repository: Shell) -> None:
    (repository.root / "gateways/support.yaml").unlink()
    repository.define("other", "gateway: other\n")
    markdown = repository.cfaig("diff", "main", "--format", "markdown", code=2).stdout
    assert markdown.startswith("## main → the work tree: environments dev, local, prod, staging\n")
    assert "delete:gateway/support" in markdown
    page = repository.cfaig("diff", "main", "--format", "html", code=2).stdout
    assert page.startswith("<!doctype html>")
    assert "gateway support" in page


def test_a_project_that_was_not_there_and_an_environment_that_is_new(repository: Shell) -> None:
    _git(repository.root.parent, "checkout", "--quiet", "--orphan", "empty")
    _git(repository.root.parent, "rm", "-r", "--quiet", "--cached", ".")
    _git(repository.root.parent, "commit", "--quiet", "--allow-empty", "-m", "nothing yet")
    told = repository.cfaig("diff", "empty", "-e", "dev", code=2).stdout
    assert "+ gateway support" in told
    assert "Note: empty does not know the environment" in told


def test_links_in_the_tree_are_followed(repository: Shell) -> None:
    shared = repository.root.parent / "shared.yaml"
    shared.write_text("gateway: shared\n")
    (repository.root / "gateways/shared.yaml").symlink_to("../../shared.yaml")
    _commit(repository.root.parent, "a link")
    assert "No differences" in repository.cfaig("diff", "HEAD").stdout
    assert "+ gateway shared" in repository.cfaig("diff", "HEAD~1", code=2).stdout


@pytest.mark.parametrize(
    ("arguments", "message", "way_out"),
    [
        (("mian",), "there is no commit mian", "did you mean main?"),
        (("--ref=--output=x",), "there is no commit --output=x", "git fetch"),
        (("main", "--ref", "main"), "REF is given twice", "once"),
        (("main", "-e", "porduction"), "no environment porduction", "prod"),
    ],
)
def test_mistakes_are_told(repository: Shell, arguments: tuple[str, ...], message: str, way_out: str) -> None:
    told = repository.cfaig("diff", *arguments, code=1).stderr
    assert message in told
    assert way_out in told


def test_definitions_that_are_wrong_are_told_with_the_ref(repository: Shell) -> None:
    repository.define("support", SUPPORT.replace("cache:", "cahce:"))
    _commit(repository.root, "a mistake")
    told = repository.cfaig("diff", "HEAD", "HEAD~1", code=1).stderr
    assert "HEAD:gateways/support.yaml:2:1" in told
    assert "1 mistake in the definitions at HEAD" in told
    here = repository.cfaig("diff", "HEAD~1", code=1).stderr
    assert "gateways/support.yaml:2:1" in here
    assert "at the work tree" in here


def test_no_repository_and_no_git_are_told(shell: Shell) -> None:
    shell.define("support", SUPPORT)
    shell.environ["GIT_CEILING_DIRECTORIES"] = str(shell.root.parent)
    assert "is in no Git repository" in shell.cfaig("diff", code=1).stderr
    shell.environ["PATH"] = str(shell.root)
    assert "git is not there" in shell.cfaig("diff", code=1).stderr


def test_edges_differ_by_rules_and_references(repository: Shell) -> None:
    edge = """\
edge:
  hostname: ai.example.com
  auth: {open: true}
  keys: {openai: env://EDGE_KEY}
  rules:
    - {name: chat, match: {path: /chat/completions}, timeout: 30s}
"""
    repository.define("support", SUPPORT + edge)
    _commit(repository.root, "an edge")
    repository.define("support", SUPPORT + edge.replace("30s", "20s"))
    told = repository.cfaig("diff", "-e", "dev", code=2).stdout
    assert "rule chat: timeout 30s → 20s" in told
    assert "(hidden)" not in told
    repository.define("support", SUPPORT + edge.replace("EDGE_KEY", "OTHER_KEY"))
    told = repository.cfaig("diff", "-e", "dev", code=2).stdout
    assert "key of openai changed (hidden), from env://OTHER_KEY" in told
