"""What the matrix applies: a gateway with everything that can hang on one; then all of it changed; then destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CREATED: Final = """\
gateway: support
description: The gateway of the fault matrix
authentication: true
cache: {ttl: 1h}
rate_limit: {requests: 100, per: 1m}
retries: {attempts: 3, delay: 500ms, backoff: exponential}
providers:
  openai: {key: "env://OPENAI_API_KEY"}
  lab: {base_url: "https://lab.example.com", description: Ours}
domains: [ai.example.com]
routes:
  chat:
    chain:
      - {provider: openai, model: gpt-4o, timeout: 30s}
      - {provider: lab, model: llama, timeout: 20s}
  code:
    chain:
      - {provider: openai, model: gpt-4o-mini, timeout: 30s}
edge:
  hostname: edge.example.com
  auth: {open: true}
  keys: {openai: "env://OPENAI_API_KEY"}
  rules: [{match: {path: /chat/completions}, cache: {ttl: 1h}}]
"""

# Settings, a limit of the key, the custom provider, the domain, one route's graph, rules and host name of the edge; the
# other route is renamed.
CHANGED: Final = """\
gateway: support
description: The gateway of the fault matrix
authentication: true
cache: {ttl: 2h}
rate_limit: {requests: 200, per: 1m}
retries: {attempts: 3, delay: 500ms, backoff: exponential}
providers:
  openai: {key: "env://OPENAI_API_KEY", rate_limit: {requests: 10, per: 1m}}
  lab: {base_url: "https://lab2.example.com", description: Ours}
domains: [assistant.example.com]
routes:
  chat:
    chain:
      - {provider: openai, model: gpt-4o, timeout: 20s}
      - {provider: lab, model: llama, timeout: 20s}
  program:
    renamed_from: code
    chain:
      - {provider: openai, model: gpt-4o-mini, timeout: 30s}
edge:
  hostname: front.example.com
  auth: {open: true}
  keys: {openai: "env://OPENAI_API_KEY"}
  rules: [{match: {path: /chat/completions}, cache: {ttl: 2h}}]
"""

APPLY: Final = ("apply", "--yes", "--allow", "delete:gateway/support", "--allow", "disable:edge_hostname/support")
DESTROY: Final = ("destroy", "--yes", "--allow", "delete:gateway/support")


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of the story: the definition that is there, the key that the environment has, and the command."""

    name: str
    definition: str
    key: str
    command: tuple[str, ...]


PHASES: Final = (
    Phase("create", CREATED, "sk-matrix-first", APPLY),
    Phase("update", CHANGED, "sk-matrix-second", APPLY),
    Phase("delete", CHANGED, "sk-matrix-second", DESTROY),
)
