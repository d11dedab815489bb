"""Runs the jobs of the GitLab pipeline as a runner would, against a small GitLab that keeps notes and issues."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import yaml

TOKEN: Final = "gitlab-token"
API: Final = "/api/v4/projects/7"


class Hub(ThreadingHTTPServer):
    """The notes of merge request 1 and the issues of project 7."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.notes: list[dict[str, Any]] = []
        self.issues: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/v4"

    def answer(self, method: str, path: str, query: dict[str, str], fields: dict[str, str]) -> Any:
        """What GitLab says; None where there is nothing."""
        if match := re.fullmatch(rf"{API}/merge_requests/1/notes(?:/(\d+))?", path):
            return self._kept(self.notes, "id", method, match[1], fields)
        if match := re.fullmatch(rf"{API}/issues(?:/(\d+))?", path):
            if method == "GET":
                assert query["labels"] == "cfaig-drift"
                return [one for one in self.issues if one["state"] == query["state"]]
            if fields.pop("state_event", None) == "close":
                fields["state"] = "closed"
            return self._kept(self.issues, "iid", method, match[1], {"state": "opened", **fields})
        return None

    @staticmethod
    def _kept(
        items: list[dict[str, Any]], name: str, method: str, number: str | None, fields: Mapping[str, str]
    ) -> Any:
        match method:
            case "GET":
                return items
            case "POST":
                items.append({name: len(items) + 1, **fields})
                return items[-1]
            case "PUT" if number:
                items[int(number) - 1] |= fields
                return items[int(number) - 1]
        return None


class Handler(BaseHTTPRequestHandler):
    server: Hub

    def _answer(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        query, fields = ({name: values[0] for name, values in parse_qs(text).items()} for text in (address.query, body))
        allowed = self.headers["PRIVATE-TOKEN"] == TOKEN
        found = self.server.answer(self.command, address.path, query, fields) if allowed else None
        self.send_response(401 if not allowed else 404 if found is None else 200)
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 (the names that http.server calls)

    def log_message(self, *_: object) -> None:
        return


@dataclass
class Pipeline:
    """How the jobs of a pipeline ended (`plan dev`: succeeded or not) and what they printed."""

    results: dict[str, bool] = field(default_factory=dict)
    log: str = ""


@dataclass
class GitLab:
    """A repository on a pretended GitLab; `variables` are those of an environment, `hub` where notes and issues are."""

    repository: Path
    work: Path
    environ: Mapping[str, str]
    variables: Mapping[str, Mapping[str, str]]
    hub: Hub
    pipelines: int = 0

    def __post_init__(self) -> None:
        programs = self.work / "bin"
        programs.mkdir(parents=True)
        for name, line in {"python": "", "cfaig": "-m cfaig"}.items():
            (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {line} "$@"\n')
            (programs / name).chmod(0o755)

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.repository, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def pipeline(self, **facts: str) -> Pipeline:
        """Run the pipeline at HEAD for what GitLab says of it, such as `CI_PIPELINE_SOURCE`."""
        self.pipelines += 1
        told = {
            "CI_API_V4_URL": self.hub.url,
            "CI_PROJECT_ID": "7",
            "CI_DEFAULT_BRANCH": "main",
            "CI_COMMIT_SHA": self.git("rev-parse", "HEAD"),
            "CI_PIPELINE_URL": f"https://gitlab.example/{self.pipelines}",
            "CFAIG_GITLAB_TOKEN": TOKEN,
            **facts,
        }
        document: dict[str, Any] = yaml.safe_load((self.repository / ".gitlab/cfaig.yml").read_text())
        done = Pipeline()
        for name, job in document.items():
            if not name.startswith(".") and (rule := _rule(job["rules"], told)) is not None:
                self._job(done, name, job | _extended(job, document), rule, told)
        return done

    def _job(
        self, done: Pipeline, name: str, job: Mapping[str, Any], rule: Mapping[str, Any], told: Mapping[str, str]
    ) -> None:
        failed = [one for one, ok in done.results.items() if one.split()[0] in job["needs"] and not ok]
        if failed and rule.get("when") != "always":
            return
        matrix = job.get("parallel", {}).get("matrix", [{}])[0]
        for environment in matrix.get("CFAIG_ENVIRONMENT", [None]):
            more = {"CFAIG_ENVIRONMENT": environment} if environment else {}
            if place := job.get("environment"):
                more |= self.variables[place["name"].replace("$CFAIG_ENVIRONMENT", environment)]
            ok, log = self._script(job, {**told, **more})
            done.results[f"{name} {environment}" if environment else name] = ok
            done.log += log

    def _script(self, job: Mapping[str, Any], variables: Mapping[str, str]) -> tuple[bool, str]:
        jobs = self.work / "jobs"
        space = jobs / str(len(list(jobs.glob("*"))))
        self.git("worktree", "add", "--detach", "--force", str(space), "HEAD")
        (space / ".venv").symlink_to(sys.prefix)
        kept = self.work / "artifacts" / str(self.pipelines)
        kept.mkdir(parents=True, exist_ok=True)
        if job["needs"]:
            shutil.copytree(kept, space, dirs_exist_ok=True)
        done = subprocess.run(
            ["/bin/bash", "-eo", "pipefail", "-c", "\n".join(job["script"])],
            cwd=space,
            env={**self.environ, "PATH": f"{self.work / 'bin'}{os.pathsep}{os.environ['PATH']}", **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=120,
            check=False,
        )
        artifacts = job.get("artifacts", {})
        for path in artifacts.get("paths", ()) if not done.returncode or artifacts.get("when") == "always" else ():
            if (space / path).is_dir():
                shutil.copytree(space / path, kept / path, dirs_exist_ok=True)
        return done.returncode == 0, done.stdout


def _extended(job: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    names = [job["extends"]] if isinstance(job["extends"], str) else job["extends"]
    merged: dict[str, Any] = {}
    for name in names:
        merged |= document[name]
    return merged | dict(job)


def _rule(rules: list[dict[str, Any]], variables: Mapping[str, str]) -> dict[str, Any] | None:
    """The first rule that holds."""
    return next((rule for rule in rules if all(_holds(part, variables) for part in rule["if"].split("&&"))), None)


def _holds(comparison: str, variables: Mapping[str, str]) -> bool:
    def value(text: str) -> str | None:
        return variables.get(text[1:]) if text.startswith("$") else text.strip('"')

    match = re.fullmatch(r"\s*(\S+) (==|!=) (\S+)\s*", comparison)
    assert match, comparison
    return (value(match[1]) == value(match[3])) is (match[2] == "==")


@contextmanager
def running_hub() -> Iterator[Hub]:
    """Serve until the block ends."""
    with Hub() as hub:
        thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield hub
        hub.shutdown()
        thread.join(10)
