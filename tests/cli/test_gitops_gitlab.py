"""The GitLab pipeline, run script by script on a throw-away repository: merge request, apply, drift."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import PLANTED, SUPPORT, Shell
from tests.gitops.gitlab import GitLab, Pipeline, running_hub
from tests.local.running import RunningCloudflare

pytestmark = [
    pytest.mark.engine,
    pytest.mark.usefixtures("engine_ready"),
    pytest.mark.skipif(shutil.which("curl") is None, reason="the jobs call GitLab with curl"),
]
LIVE = "/ai-gateway/gateways/support"
SCENARIO = """\
gateway: support
scenarios:
  - name: OpenAI answers
    steps: [{request: {route: chat}, expect: {status: 200, provider: openai}}]
"""
MERGE_REQUEST = {
    "CI_PIPELINE_SOURCE": "merge_request_event",
    "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "7",
    "CI_MERGE_REQUEST_PROJECT_ID": "7",
    "CI_MERGE_REQUEST_IID": "1",
}


@pytest.fixture
def gitlab(shell: Shell, local_cloudflare: RunningCloudflare, tmp_path: Path) -> Iterator[GitLab]:
    """A repository as `cfaig init --ci gitlab` begins it, with the environment dev alone."""
    local_cloudflare.reset()
    (tmp_path / "state").mkdir()
    (tmp_path / "home").mkdir()
    root = tmp_path / "repository"
    shell.cfaig("init", str(root), "--gateway", "support")
    for name in ("staging", "prod"):
        (root / f"Pulumi.{name}.yaml").unlink()
    (root / "policies/levels.yaml").unlink()  # it names environments, and they have to be those that there are
    shell.cfaig("init", str(root), "--policies")
    (root / "gateways/support.yaml").write_text(SUPPORT)
    (root / "scenarios/support.yaml").write_text(SCENARIO)
    shell.cfaig("init", str(root), "--ci", "gitlab")
    assert not (root / "Pulumi.prod.yaml").exists()
    account = {
        "CLOUDFLARE_ACCOUNT_ID": local_cloudflare.account,
        "PULUMI_BACKEND_URL": (tmp_path / "state").as_uri(),
    }
    reading = account | {"CLOUDFLARE_API_TOKEN": local_cloudflare.read_token}
    writing = account | {
        "CLOUDFLARE_API_TOKEN": local_cloudflare.token,
        "PULUMI_CONFIG_PASSPHRASE": "test",
        "OPENAI_API_KEY": PLANTED,
    }
    environ = shell.env() | {"CLOUDFLARE_BASE_URL": local_cloudflare.url}
    with running_hub() as hub:
        made = GitLab(root, tmp_path / "gitlab", environ, {"dev-plan": reading, "dev": writing}, hub)
        made.git("init", "--quiet", "--initial-branch", "main")
        made.git("add", "--all")
        made.git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "Begin")
        yield made


def went(pipeline: Pipeline, *jobs: str) -> None:
    assert pipeline.results == dict.fromkeys(jobs, True), pipeline.log


def test_merge_request_apply_and_drift(gitlab: GitLab, local_cloudflare: RunningCloudflare) -> None:
    for _ in range(2):
        went(gitlab.pipeline(**MERGE_REQUEST), "cfaig-validate", "cfaig-plan dev", "cfaig-comment")
        [note] = gitlab.hub.notes
        assert note["body"].startswith("<!-- cfaig-plan -->\nPlans for ")
        assert "support" in note["body"]
    assert f"/{gitlab.pipelines})" in note["body"]
    fork = MERGE_REQUEST | {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "8", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD"}
    checked = gitlab.pipeline(**fork)
    went(checked, "cfaig-validate")
    assert "1 passed; 1 request" in checked.log
    merged = gitlab.pipeline(CI_PIPELINE_SOURCE="push", CI_COMMIT_BRANCH="main")
    went(merged, "cfaig-validate", "cfaig-plan dev", "cfaig-apply dev")
    settings = {name: value for name, value in local_cloudflare.result("GET", LIVE).items() if name != "id"}
    assert settings["cache_ttl"] == 3600
    assert PLANTED not in merged.log
    _drift(gitlab, local_cloudflare, settings)


def _drift(gitlab: GitLab, cloudflare: RunningCloudflare, settings: dict[str, object]) -> None:
    for ttl, state in ((60, "opened"), (90, "opened"), (3600, "closed")):
        cloudflare.result("PUT", LIVE, settings | {"cache_ttl": ttl})
        went(gitlab.pipeline(CI_PIPELINE_SOURCE="schedule"), "cfaig-drift dev", "cfaig-issue")
        [issue] = gitlab.hub.issues
        assert issue["state"] == state
        assert "## Drift of dev" in issue["description"]
