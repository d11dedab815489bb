"""Stands for GitHub's `gh`: keeps comments, issues, pull requests and runs in a folder, and answers as `gh` would.

The `--jq` expressions are evaluated by jq itself, over answers in GitHub's shape.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jq

BOT = {"login": "github-actions[bot]"}
HUB = Path(os.environ["FAKE_HUB"])


def load(name: str) -> list[dict[str, Any]]:
    file = HUB / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else []


def save(name: str, items: list[dict[str, Any]]) -> None:
    (HUB / f"{name}.json").write_text(json.dumps(items, indent=2))


def shown(answer: Any, expression: str | None) -> None:
    if expression is None:
        return
    for value in jq.compile(expression.replace("env.GH_REPO", "$ENV.GH_REPO")).input_value(answer).all():
        print(value if isinstance(value, str) else json.dumps(value))


def api(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path")
    parser.add_argument("--method", default="GET")
    parser.add_argument("--paginate", action="store_true")
    parser.add_argument("--silent", action="store_true")
    parser.add_argument("--jq")
    parser.add_argument("--field", action="append", default=[])
    given = parser.parse_args(arguments)
    fields = dict(field.split("=", 1) for field in given.field)
    body = {name: Path(value[1:]).read_text() if value[:1] == "@" else value for name, value in fields.items()}
    address = urlsplit(given.path)
    path = address.path.removeprefix(f"repos/{os.environ['GH_REPO']}/")
    shown(answer(given.method, path, parse_qs(address.query), body), given.jq)


def answer(method: str, path: str, query: dict[str, list[str]], body: dict[str, str]) -> Any:
    if match := re.fullmatch(r"issues/(\d+)/comments", path):
        number = int(match[1])
        comments = load("comments")
        if method == "GET":
            return [comment for comment in comments if comment["number"] == number]
        made = {"id": len(comments) + 1, "number": number, "user": BOT, **body}
        save("comments", [*comments, made])
        return made
    if match := re.fullmatch(r"issues/comments/(\d+)", path):
        assert method == "PATCH"
        save("comments", [{**one, **body} if one["id"] == int(match[1]) else one for one in load("comments")])
        return {}
    if match := re.fullmatch(r"commits/(\w+)/pulls", path):
        return [pull for pull in load("pulls") if match[1] in pull["commits"]]
    if match := re.fullmatch(r"actions/workflows/([\w.-]+)/runs", path):
        asked = {name: values[0] for name, values in query.items()}
        runs = [run for run in reversed(load("runs")) if run["workflow"] == match[1]]
        wanted = {"event": "event", "conclusion": "status", "head_sha": "head_sha"}
        found = [run for run in runs if all(run[name] == asked.get(key, run[name]) for name, key in wanted.items())]
        return {"total_count": len(found), "workflow_runs": found}
    raise SystemExit(f"gh: {method} {path}: HTTP 404")


def download(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("run")
    parser.add_argument("--pattern", required=True)
    parser.add_argument("--dir", type=Path, required=True)
    given = parser.parse_args(arguments)
    found = [folder for folder in (HUB / "artifacts" / given.run).glob("*") if fnmatch(folder.name, given.pattern)]
    if not found:
        raise SystemExit("no artifact matches any of the names or patterns provided")
    for folder in found:
        shutil.copytree(folder, given.dir / folder.name)


def issue(arguments: list[str]) -> None:
    action, *rest = arguments
    parser = argparse.ArgumentParser()
    if action in {"edit", "close"}:
        parser.add_argument("number", type=int)
    for option in ("--label", "--state", "--limit", "--json", "--jq", "--title", "--comment", "--body-file"):
        parser.add_argument(option)
    given = parser.parse_args(rest)
    issues = load("issues")
    match action:
        case "list":
            found = [one for one in issues if one["state"] == given.state and one["label"] == given.label]
            shown([{"number": one["number"]} for one in found], given.jq)
            return
        case "create":
            assert given.label in (HUB / "labels").read_text()
            body = Path(given.body_file).read_text()
            number = len(issues) + 1
            issues.append({"number": number, "state": "open", "label": given.label, "title": given.title, "body": body})
        case "edit":
            issues[given.number - 1]["body"] = Path(given.body_file).read_text()
        case "close":
            issues[given.number - 1] |= {"state": "closed", "comment": given.comment}
    save("issues", issues)


def main() -> None:
    assert os.environ["GH_TOKEN"], "gh needs a token"
    command, *rest = sys.argv[1:]
    match command:
        case "api":
            api(rest)
        case "run":
            assert rest[0] == "download"
            download(rest[1:])
        case "issue":
            issue(rest)
        case "label":
            (HUB / "labels").write_text(rest[1])
        case _:
            raise SystemExit(f"gh: unknown command {command}")


main()
