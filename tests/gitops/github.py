"""Runs the jobs of GitHub workflows as a runner would: their steps in order, in a fresh checkout, in bash.

Of the actions, only those are known that the workflows use, and what they do is done with files.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

import yaml

from tests.gitops.expressions import Evaluator

REPOSITORY: Final = "acme/gateways"
STUB: Final = Path(__file__).with_name("fake_gh.py")


@dataclass
class Job:
    """How one job (or one of its matrix) ended."""

    result: str
    outputs: dict[str, str]
    log: str
    summary: str


@dataclass
class Run:
    """How a run of a workflow ended, by job; a matrix has one entry for each environment, as `plan dev`."""

    number: int
    jobs: dict[str, Job] = field(default_factory=dict)

    def result(self, job: str) -> str:
        results = {one.result for name, one in self.jobs.items() if name.split()[0] == job}
        return next((each for each in ("failure", "success", "skipped") if each in results), "skipped")

    @property
    def conclusion(self) -> str:
        return "failure" if any(job.result == "failure" for job in self.jobs.values()) else "success"


@dataclass
class GitHub:
    """A repository on a pretended GitHub; `secrets` are those of each environment, `variables` those of all."""

    repository: Path
    work: Path
    environ: Mapping[str, str]
    secrets: Mapping[str, Mapping[str, str]]
    variables: Mapping[str, str]
    runs: int = 100

    def __post_init__(self) -> None:
        (self.work / "hub").mkdir(parents=True)
        programs = self.work / "bin"
        programs.mkdir()
        for name, line in {"gh": str(STUB), "cfaig": "-m cfaig"}.items():
            (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {line} "$@"\n')
            (programs / name).chmod(0o755)

    def hub(self, name: str) -> list[dict[str, Any]]:
        """What `gh` has stored: `comments`, `issues`, `pulls`, or `runs`."""
        file = self.work / "hub" / f"{name}.json"
        found: list[dict[str, Any]] = json.loads(file.read_text()) if file.exists() else []
        return found

    def store(self, name: str, item: Mapping[str, Any]) -> None:
        (self.work / "hub" / f"{name}.json").write_text(json.dumps([*self.hub(name), item]))

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.repository, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def run(self, workflow: str, event: str, ref: str, more: Mapping[str, Any] | None = None) -> Run:
        """Run a workflow for an event at `ref`; `more` is what `github.event` holds."""
        self.runs += 1
        run = Run(self.runs)
        document = yaml.safe_load((self.repository / ".github/workflows" / workflow).read_text())
        # YAML 1.1, which PyYAML reads, takes the key `on` for true.
        assert event in document[True], f"{workflow} does not start at {event}"
        github = {
            "event_name": event,
            "event": more or {},
            "repository": REPOSITORY,
            "sha": self.git("rev-parse", ref),
            "run_id": str(run.number),
            "token": "job-token",
            "server_url": "https://github.example",
        }
        for name, job in document["jobs"].items():
            self._job(run, name, job, github, ref)
        head = (more or {}).get("pull_request", {}).get("head", {}).get("sha", github["sha"])
        told = {"id": run.number, "workflow": workflow, "event": event, "head_sha": head}
        self.store("runs", told | {"conclusion": run.conclusion, "head_repository": {"full_name": REPOSITORY}})
        return run

    def _job(self, run: Run, name: str, job: Mapping[str, Any], github: Mapping[str, Any], ref: str) -> None:
        needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
        outputs = {need: run.jobs[need].outputs if need in run.jobs else {} for need in needs}
        contexts: dict[str, Any] = {
            "github": github,
            "vars": self.variables,
            "needs": {need: {"result": run.result(need), "outputs": outputs[need]} for need in needs},
        }
        condition = job.get("if")
        # Without a status function in it, a condition holds only where everything needed has succeeded.
        well = "cancelled()" in str(condition) or all(run.result(need) == "success" for need in needs)
        if not well or not Evaluator(contexts).condition(condition):
            run.jobs[name] = Job("skipped", {}, "", "")
            return
        matrix = Evaluator(contexts).whole(job.get("strategy", {}).get("matrix", {}).get("environment"))
        for environment in matrix or [None]:
            one = contexts | {"matrix": {"environment": environment}} if environment else contexts
            run.jobs[f"{name} {environment}" if environment else name] = self._one(run, job, one, ref)

    def _one(self, run: Run, job: Mapping[str, Any], contexts: dict[str, Any], ref: str) -> Job:
        evaluator = Evaluator(contexts)
        place = job.get("environment")
        named = evaluator.text(place["name"] if isinstance(place, dict) else place) if place else None
        contexts |= {"secrets": self.secrets[named] if named else {}, "steps": {}}
        runner = Steps(self, run.number, ref, contexts, job.get("env", {}))
        result = "success"
        for step in job["steps"]:
            if (result == "failure" and "cancelled()" not in step.get("if", "")) or not evaluator.condition(
                step.get("if")
            ):
                continue
            if not runner.step(step):
                result = "failure"
        outputs = {name: evaluator.text(text) for name, text in job.get("outputs", {}).items()}
        return Job(result, outputs, runner.log, runner.summary.read_text())


class Steps:
    """The steps of one job, in a folder of their own."""

    def __init__(
        self, github: GitHub, run: int, ref: str, contexts: dict[str, Any], environ: Mapping[str, str]
    ) -> None:
        self.github = github
        self.artifacts = github.work / "hub" / "artifacts" / str(run)
        self.ref = ref
        self.contexts = contexts
        self.evaluator = Evaluator(contexts)
        self.folder = github.work / "jobs" / str(len(list((github.work / "jobs").glob("*"))))
        self.folder.mkdir(parents=True)
        self.space = self.folder / "workspace"
        self.space.mkdir()
        self.summary = self.folder / "summary"
        self.summary.touch()
        self.environ = {name: self.evaluator.text(value) for name, value in environ.items()}
        self.log = ""

    def step(self, step: Mapping[str, Any]) -> bool:
        """Whether it went well."""
        if "run" in step:
            return self._shell(step)
        values = {name: self.evaluator.text(str(value)) for name, value in step.get("with", {}).items()}
        match step["uses"].rpartition("@")[0] or step["uses"]:
            case "actions/checkout":
                self.github.git("worktree", "add", "--detach", "--force", str(self.space), self.ref)
            case "./.github/actions/cfaig":
                (self.space / ".venv").symlink_to(sys.prefix)
            case "actions/upload-artifact":
                self._upload(values)
            case "actions/download-artifact":
                self._download(values)
            case other:
                raise AssertionError(f"{other} is not known here")
        return True

    def _upload(self, values: Mapping[str, str]) -> None:
        source, target = self.space / values["path"], self.artifacts / values["name"]
        if any(source.iterdir()):
            shutil.copytree(source, target)
        else:
            assert values["if-no-files-found"] == "ignore"

    def _download(self, values: Mapping[str, str]) -> None:
        if "name" in values:
            shutil.copytree(self.artifacts.parent / values["run-id"] / values["name"], self.space / values["path"])
            return
        for folder in self.artifacts.glob("*"):
            if fnmatch(folder.name, values["pattern"]):
                shutil.copytree(folder, self.space / values["path"] / folder.name)

    def _shell(self, step: Mapping[str, Any]) -> bool:
        assert "${{" not in step["run"], "an expression in a script lets others write the script"
        script, output = self.folder / "script.sh", self.folder / "output"
        script.write_text(step["run"])
        output.write_text("")
        given = {name: self.evaluator.text(str(value)) for name, value in step.get("env", {}).items()}
        runner = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.summary)}
        runner |= {"FAKE_HUB": str(self.github.work / "hub")}
        path = f"{self.github.work / 'bin'}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.space,
            env={**self.github.environ, "PATH": path, **runner, **self.environ, **given},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=120,
            check=False,
        )
        self.log += done.stdout
        outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        self.contexts["steps"][step.get("id", "")] = {"outputs": outputs}
        return done.returncode == 0
