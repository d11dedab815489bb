"""The GitHub workflows, run step by step on a throw-away repository: pull request, merge, drift."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import PLANTED, SUPPORT, Shell
from tests.gitops.github import GitHub, Run
from tests.local.running import RunningCloudflare

KEY = "0123456789abcdef0123456789abcdef"
SCENARIO = """\
gateway: first
scenarios:
  - name: OpenAI answers
    steps: [{request: {provider: openai, model: gpt-4o}, expect: {status: 200}}]
"""
LIVE = "/ai-gateway/gateways/support"


@pytest.fixture
def github(shell: Shell, local_cloudflare: RunningCloudflare, tmp_path: Path) -> GitHub:
    """A repository as `cfaig init --ci github` begins it, with the environments dev and prod."""
    local_cloudflare.reset()
    (tmp_path / "state").mkdir()
    (tmp_path / "home").mkdir()
    root = tmp_path / "repository"
    shell.cfaig("init", str(root), "--ci", "github")
    (root / "Pulumi.staging.yaml").unlink()
    _renew_levels(shell, root)
    (root / "gateways/my-gateway.yaml").write_text("gateway: first\nonly: [local]\n")
    (root / "scenarios/my-gateway.yaml").write_text(SCENARIO)
    reading = {"CLOUDFLARE_API_TOKEN": local_cloudflare.read_token, "CFAIG_PLAN_KEY": KEY}
    writing = {**reading, "CLOUDFLARE_API_TOKEN": local_cloudflare.token, "OPENAI_API_KEY": PLANTED}
    writing["PULUMI_CONFIG_PASSPHRASE"] = "test"
    environ = {name: value for name, value in shell.env().items() if not name.startswith("GITHUB_")}
    made = GitHub(
        root,
        tmp_path / "github",
        environ | {"CLOUDFLARE_BASE_URL": local_cloudflare.url},
        secrets={"dev-plan": reading, "prod-plan": reading, "dev": writing, "prod": writing},
        variables={
            "CLOUDFLARE_ACCOUNT_ID": local_cloudflare.account,
            "PULUMI_BACKEND_URL": (tmp_path / "state").as_uri(),
        },
    )
    for arguments in (
        ("init", "--quiet", "--initial-branch", "main"),
        ("config", "user.name", "test"),
        ("config", "user.email", "test@example.com"),
    ):
        made.git(*arguments)
    commit(made, "Begin")
    return made


def _renew_levels(shell: Shell, root: Path) -> None:
    """The levels of the policies name environments, and have to be those that there are."""
    (root / "policies/levels.yaml").unlink()
    shell.cfaig("init", str(root), "--policies")


def commit(github: GitHub, message: str) -> str:
    github.git("add", "--all")
    github.git("commit", "--quiet", "--message", message)
    return github.git("rev-parse", "HEAD")


def define(github: GitHub, text: str) -> None:
    (github.repository / "gateways/support.yaml").write_text(text)


def pull_request(github: GitHub, number: int, *, fork: bool = False) -> Run:
    """What happens when the pull request is opened or pushed to."""
    repository = "mallory/gateways" if fork else "acme/gateways"
    head = {"sha": github.git("rev-parse", "HEAD"), "repo": {"full_name": repository}}
    event = {"pull_request": {"number": number, "head": head, "user": {"login": "alice"}}}
    return github.run("cfaig-plan.yml", "pull_request", "HEAD", event)


def merge(github: GitHub, number: int, branch: str) -> Run:
    head = github.git("rev-parse", branch)
    github.git("checkout", "--quiet", "main")
    github.git("merge", "--quiet", "--no-ff", "--message", f"Merge #{number}", branch)
    merged = {"merged_at": "2026-01-01T00:00:00Z", "head": {"sha": head}}
    github.store("pulls", merged | {"number": number, "commits": [github.git("rev-parse", "main")]})
    return github.run("cfaig-apply.yml", "push", "main")


def went(run: Run, **results: str) -> None:
    told = {name: job.log for name, job in run.jobs.items() if job.result == "failure"}
    assert {name: run.result(name) for name in results} == results, told


@pytest.mark.engine
@pytest.mark.usefixtures("engine_ready")
def test_pull_request_merge_and_drift(github: GitHub, local_cloudflare: RunningCloudflare) -> None:
    _review(github)
    local_cloudflare.clear_requests()
    applied = merge(github, 1, "add")
    went(applied, validate="success", plan="skipped", pending="success", apply="success")
    assert "apply prod" not in applied.jobs
    assert local_cloudflare.result("GET", LIVE)["cache_ttl"] == 1800
    _drift(github, local_cloudflare)
    logs = "".join(file.read_text("utf-8", "replace") for file in github.work.rglob("*") if file.is_file())
    assert PLANTED not in logs


def _review(github: GitHub) -> None:
    """A pull request with two pushes: one comment, which tells the latest plan."""
    github.git("checkout", "--quiet", "-b", "add")
    define(github, SUPPORT + "only: [dev]\n")
    commit(github, "Add support")
    first = pull_request(github, 1)
    went(first, validate="success", plan="success", comment="success")
    assert "1 passed; 1 request" in first.jobs["validate"].log
    [comment] = github.hub("comments")
    assert comment["body"].startswith("<!-- cfaig-plan -->\nPlans for ")
    assert (
        comment["body"].index("## Plan for dev")
        < comment["body"].index("support")
        < comment["body"].index("## Plan for prod")
    )
    assert "support" in first.jobs["plan dev"].summary
    define(github, SUPPORT.replace("ttl: 1h", "ttl: 30m") + "only: [dev]\n")
    latest = commit(github, "Cache for less")
    went(pull_request(github, 1), plan="success", comment="success")
    [updated] = github.hub("comments")
    assert updated["id"] == comment["id"]
    assert latest in updated["body"]
    assert updated["body"] != comment["body"]


def _drift(github: GitHub, cloudflare: RunningCloudflare) -> None:
    """Nothing, then one issue however often somebody looks, then apply by hand, and the issue is closed."""
    went(github.run("cfaig-drift.yml", "schedule", "main"), drift="success", issue="success")
    assert github.hub("issues") == []
    settings = {name: value for name, value in cloudflare.result("GET", LIVE).items() if name != "id"}
    cloudflare.result("PUT", LIVE, settings | {"cache_ttl": 60})
    for _ in range(2):
        went(github.run("cfaig-drift.yml", "schedule", "main"), drift="success", issue="success")
    [issue] = github.hub("issues")
    assert issue["state"] == "open"
    assert "## Drift of dev" in issue["body"]
    assert "## Drift of prod" not in issue["body"]
    by_hand = github.run("cfaig-apply.yml", "workflow_dispatch", "main")
    went(by_hand, plan="success", pending="success", apply="success")
    assert cloudflare.result("GET", LIVE)["cache_ttl"] == 1800
    went(github.run("cfaig-drift.yml", "schedule", "main"), drift="success", issue="success")
    assert github.hub("issues")[0]["state"] == "closed"


def test_what_nobody_reviewed_is_not_applied(github: GitHub, local_cloudflare: RunningCloudflare) -> None:
    define(github, SUPPORT + "only: [dev]\n")
    commit(github, "Straight to main")
    run = github.run("cfaig-apply.yml", "push", "main")
    went(run, validate="success", pending="failure", apply="skipped")
    assert "Start this workflow by hand" in run.jobs["pending"].log
    github.git("checkout", "--quiet", "-b", "other")
    define(github, SUPPORT.replace("1h", "2h") + "only: [dev]\n")
    commit(github, "Reviewed")
    went(pull_request(github, 2), plan="success")
    github.git("checkout", "--quiet", "main")
    define(github, SUPPORT + "only: [dev]\ndescription: another word\n")
    commit(github, "Main goes on")
    late = merge(github, 2, "other")
    went(late, pending="success", apply="failure")
    assert "definition of gateway" in late.jobs["apply dev"].log
    assert all(method == "GET" for method, _, _ in local_cloudflare.requests())


def test_without_secrets_definitions_are_compared_and_mistakes_are_told(github: GitHub) -> None:
    github.git("checkout", "--quiet", "-b", "fork")
    define(github, SUPPORT)
    commit(github, "From outside")
    outside = pull_request(github, 3, fork=True)
    went(outside, validate="success", plan="skipped", comment="skipped")
    assert "gateway support" in outside.jobs["validate"].summary
    github.secrets = {**github.secrets, "dev-plan": {"CFAIG_PLAN_KEY": KEY}}
    went(pull_request(github, 4), plan="failure", comment="success")
    [comment] = github.hub("comments")
    assert "## No plan for dev\n\nIts environment `dev-plan` has no CLOUDFLARE_API_TOKEN." in comment["body"]
    assert comment["body"].count("+ gateway support") == 2
    define(github, SUPPORT.replace("cache", "cach"))
    commit(github, "A mistake")
    run = pull_request(github, 3)
    went(run, validate="failure", plan="skipped", comment="skipped")
    assert "did you mean `cache`" in run.jobs["validate"].log
    define(github, SUPPORT)
    (github.repository / "scenarios/my-gateway.yaml").write_text(SCENARIO.replace("200", "429"))
    commit(github, "Another mistake")
    run = pull_request(github, 3)
    went(run, validate="failure", plan="skipped", comment="skipped")
    assert "expected status: 429; happened status: 200" in run.jobs["validate"].log
    assert github.hub("comments") == [comment]


def test_a_plan_that_fails_or_is_refused_is_commented_and_fails(
    github: GitHub, local_cloudflare: RunningCloudflare
) -> None:
    github.git("checkout", "--quiet", "-b", "refused")
    define(github, SUPPORT + "only: [dev]\n")
    commit(github, "Takes over what exists")
    local_cloudflare.fault("ai-gateway", status=403, times=100)
    failed = pull_request(github, 4)
    went(failed, plan="failure", comment="success")
    assert "HTTP 403" in failed.jobs["plan dev"].log
    assert "None could be made" in github.hub("comments")[0]["body"]
    local_cloudflare.clear_faults()
    bare = {"cache_ttl": 0, "rate_limiting_interval": 0, "rate_limiting_limit": 0, "collect_logs": True}
    local_cloudflare.result(
        "POST", "/ai-gateway/gateways", {"id": "support", **bare, "cache_invalidate_on_update": False}
    )
    refused = pull_request(github, 4)
    went(refused, plan="failure", comment="success")
    assert "A safety limit refuses the plan for dev" in refused.jobs["plan dev"].log
    assert "adopt:gateway/support" in github.hub("comments")[0]["body"]
    assert refused.jobs["plan prod"].result == "success"
