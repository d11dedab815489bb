"""A project of two gateways, and scenarios on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from cfaig.definition.diagnostics import DefinitionError, Diagnostic
from cfaig.scenarios.run import Failure, Result
from cfaig.scenarios.session import Session, Wanted, open_session

SHOP = """\
gateway: shop
cache: {ttl: 5m}
rate_limit: {requests: 50, per: 1m}
providers:
  openai: {key: env://OPENAI_API_KEY}
  lab: {base_url: https://lab.example.com, key: env://LAB_KEY, rate_limit: {requests: 5, per: 1m}}
routes:
  chat:
    chain:
      - {provider: openai, model: gpt-4o, timeout: 10s, retries: 1}
      - {provider: lab, model: llama3, timeout: 20s}
  tiered:
    if: {metadata.plan: paid}
    then:
      limit: {key: metadata.user, requests: 2, per: 1h}
      then: [{provider: anthropic, model: claude-sonnet-5}]
    else:
      split:
        75%: [{provider: openai, model: gpt-4o-mini}]
        25%: [{provider: google-ai-studio, model: gemini-2.5-flash}]
environments:
  prod:
    spend_limits: {rules: {each-user: {cost: 1, per: 1d, metadata: {user: each}}}}
"""
HEAD = "gateway: shop\nscenarios:\n"


@dataclass(frozen=True)
class Stageful:
    """A project folder, which is the working folder too."""

    root: Path

    def write(self, text: str, name: str = "shop") -> Path:
        """Write a scenario file."""
        path = self.root / "scenarios" / f"{name}.yaml"
        path.write_text(text)
        return path

    def open(self, **wanted: object) -> Session:
        return open_session(Wanted(**wanted))  # type: ignore[arg-type]

    def run(self, text: str, **wanted: object) -> list[Result]:
        """The results of a file."""
        self.write(text)
        return list(self.open(**wanted).results())

    def step(self, request: str, expect: str, upstreams: str = "[]") -> tuple[Failure, ...]:
        """What is not as expected in a scenario of one step."""
        [result] = self.run(
            f"{HEAD}  - name: one\n    upstreams: {upstreams}\n"
            f"    steps:\n      - request: {request}\n        expect: {expect}\n"
        )
        return result.failures

    def mistakes(self, text: str, **wanted: object) -> tuple[Diagnostic, ...]:
        """What is wrong with a file."""
        self.write(text)
        with pytest.raises(DefinitionError) as caught:
            self.open(**wanted)
        return caught.value.diagnostics


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stageful:
    for folder in ("gateways", "scenarios"):
        (tmp_path / folder).mkdir()
    (tmp_path / "Pulumi.yaml").touch()
    (tmp_path / "Pulumi.prod.yaml").touch()
    (tmp_path / "gateways/shop.yaml").write_text(SHOP)
    monkeypatch.chdir(tmp_path)
    return Stageful(tmp_path)
