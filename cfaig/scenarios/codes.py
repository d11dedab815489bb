"""What each diagnostic code means, for `cfaig explain`: AIG200 to AIG299, scenarios.

The examples are scenario files for the gateway that `cfaig init` writes; `bad` yields the code, `good` does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cfaig.definition.codes import Explanation

GATEWAY: Final = "my-gateway"


def _file(step: str, *, gateway: str = GATEWAY, more: str = "") -> str:
    return f"gateway: {gateway}\nscenarios:\n  - name: The first model answers\n    steps:\n{step}{more}"


def _step(request: str, expect: str = "{status: 200}", more: str = "") -> str:
    return f"      - {more}request: {request}\n        expect: {expect}\n"


_GOOD: Final = _file(_step("{route: chat}"))

EXPLANATIONS: Final[Mapping[str, Explanation]] = MappingProxyType(
    {
        "AIG200": Explanation(
            "Scenarios of a gateway that there is not",
            "A scenario file names its gateway by the id in its definition. The gateway may also be left out of this "
            "environment by `only`.",
            _file(_step("{route: chat}"), gateway="my-gatway"),
            _GOOD,
        ),
        "AIG201": Explanation(
            "A request to a route that there is not",
            "Routes are named as in the definition, without dynamic/ before them.",
            _file(_step("{route: chatt}")),
            _GOOD,
        ),
        "AIG202": Explanation(
            "An unknown provider",
            "Providers are named as in definitions: by Cloudflare's names, or by those of your own custom providers.",
            _file(_step("{route: chat}", "{provider: opnai}")),
            _file(_step("{route: chat}", "{provider: openai}")),
        ),
        "AIG203": Explanation(
            "Two scenarios with one name",
            "Reports name scenarios, so each has a name of its own within its file.",
            _file(
                _step("{route: chat}"),
                more=f"  - name: The first model answers\n    steps:\n{_step('{route: chat}')}",
            ),
            _GOOD,
        ),
        "AIG204": Explanation(
            "Time that goes backwards",
            "`at` counts from the beginning of the scenario, so it only grows from step to step. `after` counts from "
            "the end of the step before.",
            _file(_step("{route: chat}", more="at: 1h\n        ") + _step("{route: chat}", more="at: 30m\n        ")),
            _file(_step("{route: chat}", more="at: 30m\n        ") + _step("{route: chat}", more="at: 1h\n        ")),
        ),
        "AIG205": Explanation(
            "Counts that do not fit",
            "A mapping such as status: {200: 100, 429: 5} counts what became of a request that is sent many times. It "
            "needs `times`, and plain numbers add up to it.",
            _file(_step("{route: chat, times: 100}", "{status: {200: 100, 429: 5}}")),
            _file(_step("{route: chat, times: 105}", "{status: {200: 100, 429: 5}}")),
        ),
        "AIG206": Explanation(
            "A way that the route does not have",
            "`path` and `tried` are in the words of the route: if then, if else, limit then, limit else, split 90%, "
            "and models as provider/model, in a path also with answered or failed behind it. The message lists them.",
            _file(_step("{route: chat}", "{path: [openai/gpt-4]}")),
            _file(_step("{route: chat}", "{path: [openai/gpt-4o-mini answered]}")),
        ),
        "AIG207": Explanation(
            "A rule that contradicts itself",
            "A rule of `upstreams` makes a provider end a call in one way: it hangs, refuses, fails with a status, or "
            "answers with a text, a tool call or a body.",
            _file(_step("{route: chat}", more="upstreams: [{hang: true, refuse: true}]\n        ")),
            _file(_step("{route: chat}", "{status: 200}", "upstreams: [{text: Hi}]\n        ")),
        ),
        "AIG208": Explanation(
            "Scenarios for an environment that there is not",
            "`environment` and `only` name environments: local, and those with a file Pulumi.<environment>.yaml.",
            f"environment: production\n{_GOOD}",
            f"environment: prod\n{_GOOD}",
        ),
        "AIG209": Explanation(
            "Something about an edge that there is not",
            "`via: edge` sends the requests of a scenario through the Worker in front of the gateway, so the gateway "
            "needs an `edge` in this environment. `rules`, `queued`, `sent` and `client` are about that Worker: its "
            "rules by their names (or rule 1, rule 2), and the clients in its `auth`.",
            _file(_step("{route: chat}", "{queued: 2s}")),
            _GOOD,
        ),
        "AIG210": Explanation(
            "An expectation that is not met",
            "`cfaig test` found that the gateway does something else than the scenario expects. Either the definition "
            "has changed what callers get, or the scenario is to be changed with it.",
            "",
            _GOOD,
        ),
    }
)
FAILED: Final = "AIG210"
