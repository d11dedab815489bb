"""Definitions by the thousand: all different, all valid, each about as long as those that people write."""

from __future__ import annotations

from pathlib import Path
from typing import Final

# More than this in one account has to be said in the definitions.
USUAL_GATEWAYS: Final = 20

_SETTINGS: Final = """\
gateway: bench-{number:04}
description: Generated gateway {number}, to be measured
labels:
  team: team-{team}
  data: internal
authentication: true
cache:
  ttl: {ttl}m
  invalidate_on_update: true
rate_limit:
  requests: {requests}
  per: 1m
  technique: sliding
retries:
  attempts: 3
  delay: 500ms
  backoff: exponential
logging:
  collect: true
  keep: 200000
  when_full: delete_oldest
guardrails:
  prompt:
    prompt_injection: block
    hate: flag
  response:
    privacy: flag
spend_limits:
  rules:
    whole-day:
      cost: {cost}
      per: 1d
    each-user:
      cost: 1.50
      per: 1d
      metadata:
        user_id: each
"""

_KEYS: Final = """\
providers:
  openai:
    key: env://OPENAI_KEY_{team}
  anthropic:
    key: env://ANTHROPIC_KEY_{team}
    rate_limit:
      requests: 100
      per: 1m
"""

_ROUTE: Final = """\
routes:
  assist:
    if:
      metadata.plan: paid
    then:
      limit:
        key: metadata.user_id
        cost: {cost}
        per: 1d
      then:
        - provider: anthropic
          model: claude-sonnet-5
          timeout: {timeout}s
          retries: 1
        - provider: openai
          model: gpt-4o
          timeout: 30s
      else:
        - provider: openai
          model: gpt-4o-mini
          timeout: 20s
    else:
      split:
        90%:
          - provider: openai
            model: gpt-4o-mini
            timeout: 20s
        10%:
          - provider: anthropic
            model: claude-haiku-4-5
            timeout: 20s
"""

_ENVIRONMENTS: Final = """\
environments:
  local:
    cache:
      ttl: 1m
  prod:
    logging:
      keep: 1000000
"""


def definition(number: int, *, keys: bool = True, route: bool = True, only: str | None = None) -> str:
    """The text of one definition: settings, and if wanted two provider keys and a route of eight nodes.

    It differs by environment, or belongs to `only` one.
    """
    where = f"only: [{only}]\n" if only else _ENVIRONMENTS
    parts = [_SETTINGS, _KEYS if keys else "", _ROUTE if route else "", where]
    values = {
        "number": number,
        "team": number % 25,
        "ttl": number % 59 + 1,
        "requests": 100 + number % 900,
        "cost": 5 + number % 40,
        "timeout": 10 + number % 50,
    }
    return "".join(parts).format(**values)


def write_definitions(folder: Path, count: int, *, keys: bool = True, route: bool = True) -> list[Path]:
    """Write `count` definitions into a new folder; gives their files (without the defaults)."""
    folder.mkdir(parents=True)
    if count > USUAL_GATEWAYS:
        (folder / "_defaults.yaml").write_text(f"limits:\n  gateways: {count}\n")
    files = [folder / f"bench-{number:04}.yaml" for number in range(count)]
    for number, file in enumerate(files):
        file.write_text(definition(number, keys=keys, route=route))
    return files
