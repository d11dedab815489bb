"""What each diagnostic code means, for `cfaig explain`: AIG100 to AIG199, the checks of resolved gateways.

The examples follow the rules of `cfaig.definition.codes`: `bad` yields the code, `good` does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cfaig.definition.codes import Explanation

_START: Final = "{id: start, type: start, outputs: {next: {elementId: first}}}"
_END: Final = "{id: end, type: end, outputs: {}}"
_PROPERTIES: Final = "properties: {provider: openai, model: gpt-4o, timeout: 30000, retries: 1}"


def _model(fallback: str, id_: str = "first", success: str = "end") -> str:
    outputs = f"outputs: {{success: {{elementId: {success}}}, fallback: {{elementId: {fallback}}}}}"
    return f"{{id: {id_}, type: model, {_PROPERTIES}, {outputs}}}"


def _raw(*elements: str) -> str:
    lines = "".join(f"      - {element}\n" for element in elements)
    return f"gateway: support\nroutes:\n  chat:\n    elements:\n{lines}"


def _chain(*models: str, more: str = "") -> str:
    lines = "".join(f"      - {{{model}}}\n" for model in models)
    return f"gateway: support\n{more}routes:\n  chat:\n    chain:\n{lines}"


_GPT: Final = "provider: openai, model: gpt-4o"
_CLAUDE: Final = "provider: anthropic, model: claude-sonnet-5"
_GOOD_RAW: Final = _raw(_START, _model("end"), _END)

_GRAPHS: Final = {
    "AIG101": Explanation(
        "An output leads nowhere",
        "An output of a raw element names an element that does not exist; a request that takes this way is lost.",
        _raw(_START, _model("second"), _END),
        _GOOD_RAW,
    ),
    "AIG102": Explanation(
        "An element that no request can reach",
        "No way from the start leads to this raw element. Lead an output to it, or remove it.",
        _raw(_START, _model("end"), _model("end", "lost"), _END),
        _GOOD_RAW,
    ),
    "AIG103": Explanation(
        "A loop",
        "A request could come back to the same element again and again. Ways through a route only go forward.",
        _raw(_START, _model("second"), _model("first", "second"), _END),
        _raw(_START, _model("second"), _model("end", "second"), _END),
    ),
    "AIG104": Explanation(
        "Not exactly one start",
        "Raw elements have exactly one element of type start, and it is the first of the list.",
        _raw(_model("end"), _START, _END),
        _GOOD_RAW,
    ),
    "AIG105": Explanation(
        "An element id is used twice",
        "Outputs name elements by their ids, so each id belongs to one element.",
        _raw(_START, _model("end"), _model("end"), _END),
        _GOOD_RAW,
    ),
    "AIG106": Explanation(
        "Shares that are not 100 %, in raw elements",
        "The outputs of a percentage element are named by their shares: at most five, together exactly 100 %.",
        _raw(
            "{id: start, type: start, outputs: {next: {elementId: ab}}}",
            "{id: ab, type: percentage, outputs: {90%: {elementId: first}, 5%: {elementId: end}}}",
            _model("end"),
            _END,
        ),
        _raw(
            "{id: start, type: start, outputs: {next: {elementId: ab}}}",
            "{id: ab, type: percentage, outputs: {90%: {elementId: first}, 10%: {elementId: second}}}",
            _model("end"),
            _model("end", "second"),
            _END,
        ),
    ),
    "AIG107": Explanation(
        "Outputs that do not fit the element",
        "Each type of element has its outputs: start next, conditional true and false, rate and model success and "
        "fallback, end none. A missing fallback is only warned of: documentation calls it optional, the API's types "
        "ask for it.",
        _raw(
            _START,
            f"{{id: first, type: model, {_PROPERTIES}, outputs: {{success: {{elementId: end}}}}}}",
            _END,
        ),
        _GOOD_RAW,
    ),
    "AIG108": Explanation(
        "Type or properties that do not fit",
        "A raw element has a type that Cloudflare does not know, lacks a property, or has one that nothing reads. The "
        "schema finds most of this first.",
        "",
        _GOOD_RAW,
    ),
    "AIG109": Explanation(
        "No way leads to an end",
        "A request leaves a route at an element of type end. Add one, and lead the outputs there.",
        _raw(_START, _model("first", success="first")),
        _GOOD_RAW,
    ),
}

_ROUTES: Final = {
    "AIG110": Explanation(
        "A request can end without a model (warning)",
        "On this way through the route no model is tried, so the caller gets an error. A limit without else is not "
        "meant: it says plainly that the rest is refused.",
        f"gateway: support\nroutes:\n  chat:\n    if: {{metadata.plan: paid}}\n    then: [{{{_GPT}}}]\n    else: []\n",
        "gateway: support\nroutes:\n  chat:\n    if: {metadata.plan: paid}\n"
        f"    then: [{{{_GPT}}}]\n    else: [{{{_CLAUDE}}}]\n",
    ),
    "AIG111": Explanation(
        "A fallback at the same provider (warning)",
        "When a provider is down, all its models are. A fallback helps most when it is at another provider; put one "
        "between the two, or in place of the second.",
        _chain(_GPT, "provider: openai, model: gpt-4o-mini"),
        _chain(_GPT, _CLAUDE),
    ),
    "AIG112": Explanation(
        "A route as a model (warning)",
        "dynamic/NAME is how clients call a route. That a route can call another one is documented nowhere, and a "
        "model element needs a provider that has the model.",
        _chain("provider: openai, model: dynamic/other"),
        _chain(_GPT),
    ),
    "AIG113": Explanation(
        "A rename that cannot be",
        "renamed_from names what a route was called before, so that it keeps its id and versions. The old name must "
        "be free, and only one route can take its place.",
        f"gateway: support\nroutes:\n  chat: [{{{_GPT}}}]\n"
        f"  talk:\n    renamed_from: chat\n    chain: [{{{_CLAUDE}}}]\n",
        f"gateway: support\nroutes:\n  talk:\n    renamed_from: chat\n    chain: [{{{_CLAUDE}}}]\n",
    ),
    "AIG114": Explanation(
        "A route that can take longer than worst_case allows",
        "When every model fails, a request waits for timeout × (retries + 1) of each model on its way, and a model "
        "without a timeout can keep it for ever. worst_case: {latency: 60s} bounds that, for all routes of a gateway, "
        "for one of them, or in gateways/_defaults.yaml. cfaig routes worst shows the worst case of each route.",
        _chain(f"{_GPT}, timeout: 50s, retries: 1", more="worst_case: {latency: 60s}\n"),
        _chain(f"{_GPT}, timeout: 30s, retries: 1", more="worst_case: {latency: 60s}\n"),
    ),
    "AIG115": Explanation(
        "A route with more attempts than worst_case allows",
        "When every model fails, one request leads to retries + 1 calls of each model on its way: providers count, and "
        "may charge, all of them. worst_case: {attempts: 5} bounds that.",
        _chain(f"{_GPT}, retries: 5", more="worst_case: {attempts: 5}\n"),
        _chain(f"{_GPT}, retries: 4", more="worst_case: {attempts: 5}\n"),
    ),
}

_PROVIDERS: Final = {
    "AIG120": Explanation(
        "Unknown provider",
        "The name is none of Cloudflare's providers and no custom one of this definition. The message lists them all. "
        "A custom provider of another definition is named with custom- before its name.",
        _chain("provider: opnai, model: gpt-4o"),
        _chain(_GPT),
    ),
    "AIG121": Explanation(
        "A custom provider that no definition describes (warning)",
        "Only providers that definitions describe are made by cfaig. If the account has this one already, all is "
        "well; else requests fail.",
        _chain("provider: custom-lab, model: llama3"),
        _chain("provider: lab, model: llama3", more="providers: {lab: {base_url: https://llm.example.com}}\n"),
    ),
    "AIG122": Explanation(
        "A custom provider with the name of Cloudflare's",
        "In routes and for keys the name always means Cloudflare's provider, and the custom one would never be meant.",
        "gateway: support\nproviders: {openai: {base_url: https://proxy.example.com}}\n",
        "gateway: support\nproviders: {openai-proxy: {base_url: https://proxy.example.com}}\n",
    ),
    "AIG123": Explanation(
        "A base URL with a version at its end (warning)",
        "Cloudflare puts the path of a request after the base URL, and clients send /v1/chat/completions: /v1 would be "
        "there twice. Write the root of the API.",
        "gateway: support\nproviders: {lab: {base_url: https://llm.example.com/v1}}\n",
        "gateway: support\nproviders: {lab: {base_url: https://llm.example.com}}\n",
    ),
    "AIG124": Explanation(
        "A key is missing for byok_only",
        "byok_only refuses every request for which no key of yours is there, with HTTP 400. Routes take the default "
        "key of a provider; other aliases do not help them.",
        _chain(_GPT, more="byok_only: true\n"),
        _chain(_GPT, more="byok_only: true\nproviders: {openai: {key: env://OPENAI_API_KEY}}\n"),
    ),
}

_SETTINGS: Final = {
    "AIG130": Explanation(
        "Routes without authentication (warning)",
        "Cloudflare's documentation asks for authentication where dynamic routes are used: they spend keys that are "
        "stored with the gateway.",
        _chain(_GPT, more="authentication: false\n"),
        _chain(_GPT, more="authentication: true\n"),
    ),
    "AIG131": Explanation(
        "Classification without logs",
        "Only logs that are collected can be classified. Cloudflare switches classification off together with "
        "collection, so that every plan would show a difference.",
        "gateway: support\nlogging: {collect: false, classification: true}\n",
        "gateway: support\nlogging: {collect: true, classification: true}\n",
    ),
    "AIG132": Explanation(
        "The gateway that Cloudflare makes itself (warning)",
        "The gateway with the id default comes into being with the first authenticated request that names no gateway, "
        "and again after it was deleted, with settings of Cloudflare's own. It can be kept by cfaig, but has to be "
        "adopted first, and removing it does not last.",
        "gateway: default\n",
        "gateway: support\n",
    ),
}

_SECRETS: Final = {
    "AIG140": Explanation(
        "A secret that the environment does not have",
        "env://NAME is read from the environment variable NAME when the gateway is deployed; it is not set, or empty. "
        "The environment local needs no secrets.",
        "gateway: support\nproviders: {openai: {key: env://OPENAI_KEY_MISSPELLED}}\n",
        "gateway: support\nproviders: {openai: {key: env://OPENAI_API_KEY}}\n",
    ),
    "AIG141": Explanation(
        "A secret file that is not there",
        "file://PATH is read when the gateway is deployed. The path is taken as it is: absolute, from the home folder "
        "(~), or from the working folder.",
        "gateway: support\nproviders: {openai: {key: file:///nowhere/openai}}\n",
        "gateway: support\nproviders: {openai: {key: env://OPENAI_API_KEY}}\n",
    ),
    "AIG142": Explanation(
        "A secret that the stack's configuration does not have",
        "pulumi://NAME is read from the configuration of the environment's stack, Pulumi.<environment>.yaml. Put it "
        "there, sealed: pulumi config set --secret NAME --stack <environment>. A name of another namespace is written "
        "pulumi://NAMESPACE:NAME.",
        "",
        "gateway: support\nproviders: {openai: {key: env://OPENAI_API_KEY}}\n",
    ),
    "AIG143": Explanation(
        "A secret in clear text in the stack's configuration (warning)",
        "The value of a pulumi:// reference was set without --secret, and can be read in Pulumi.<environment>.yaml. "
        "Set it again with --secret, and change the secret at its provider: it may have been seen.",
        "",
        "gateway: support\nproviders: {openai: {key: env://OPENAI_API_KEY}}\n",
    ),
}

_LAB_A: Final = "providers: {lab: {base_url: https://a.example.com}}\n"
_LAB_B: Final = "providers: {lab: {base_url: https://b.example.com}}\n"

_ACCOUNTS: Final = {
    "AIG150": Explanation(
        "More gateways than the free plan has (warning)",
        "A free account has at most 10 gateways, a paid one 20. With limits: {gateways: N} in gateways/_defaults.yaml "
        "only that number counts.",
        "",
        "gateway: support\n",
    ),
    "AIG151": Explanation(
        "More gateways than an account can have",
        "An account has at most 20 gateways. Gateways that are only needed in some environments say so with only. When "
        "Cloudflare has raised the limit of your account, write limits: {gateways: N} into gateways/_defaults.yaml.",
        "",
        "gateway: support\n",
    ),
    "AIG152": Explanation(
        "One custom provider, described in two ways",
        "A custom provider belongs to the whole account, whichever definition describes it. Definitions that describe "
        "it must agree.",
        f"# file: a.yaml\ngateway: a\n{_LAB_A}# file: b.yaml\ngateway: b\n{_LAB_B}",
        f"# file: a.yaml\ngateway: a\n{_LAB_A}# file: b.yaml\ngateway: b\n{_LAB_A}",
    ),
    "AIG153": Explanation(
        "One host name for two gateways",
        "A custom domain serves one gateway.",
        "# file: a.yaml\ngateway: a\ndomains: [ai.example.com]\n"
        "# file: b.yaml\ngateway: b\ndomains: [ai.example.com]\n",
        "# file: a.yaml\ngateway: a\ndomains: [a.example.com]\n# file: b.yaml\ngateway: b\ndomains: [b.example.com]\n",
    ),
}

_TOKEN_HASH: Final = "0c57e1fce5ec68c49609ced456988871f4a53e5455ec3d5ae93e5af938d8b050"  # noqa: S105
_CACHED: Final = "{match: {path: /embeddings}, cache: {ttl: 30d}}"


def _edge(rules: str = f"[{_CACHED}]", more: str = "", hostname: str = "ai.example.com") -> str:
    return f"edge: {{hostname: {hostname}, {more}rules: {rules}}}\n"


_EDGES: Final = {
    "AIG160": Explanation(
        "A rule of the edge that does nothing",
        "A rule has match to choose requests, and says besides what happens to them. Without that the Worker refuses "
        "it.",
        "gateway: support\n" + _edge("[{match: {path: /embeddings}}]"),
        "gateway: support\n" + _edge(),
    ),
    "AIG161": Explanation(
        "A rule of the edge that no request gets to (warning)",
        "The first rule that matches applies, and later ones only if it says continue. A rule without match takes "
        "every request: it belongs to the end.",
        "gateway: support\n" + _edge(f"[{{cache: false}}, {_CACHED}]"),
        "gateway: support\n" + _edge(f"[{_CACHED}, {{cache: false}}]"),
    ),
    "AIG162": Explanation(
        "An edge that spends your keys for everybody",
        "With gateway_token or keys the Worker adds your secrets to requests, so it has to ask who calls: auth has the "
        "clients' tokens (as SHA-256), or Cloudflare Access. auth: {open: true} says that everybody may.",
        "gateway: support\n" + _edge(more="keys: {openai: env://OPENAI_API_KEY}, "),
        "gateway: support\n"
        + _edge(more=f"auth: {{tokens: {{ci: {_TOKEN_HASH}}}}}, keys: {{openai: env://OPENAI_API_KEY}}, "),
    ),
    "AIG163": Explanation(
        "A host name of an edge that is taken",
        "The host name of an edge leads to its Worker. It cannot lead to another Worker too, nor be one of a gateway's "
        "domains.",
        "gateway: support\ndomains: [ai.example.com]\n" + _edge(),
        "gateway: support\ndomains: [gateway.example.com]\n" + _edge(),
    ),
    "AIG164": Explanation(
        "A name for the Worker that cannot be",
        "A Worker's name has at most 63 characters, and each gateway has a Worker of its own. Without worker it is the "
        "gateway's id and -edge.",
        f"gateway: {'support' * 9}\n" + _edge(),
        f"gateway: {'support' * 9}\n" + _edge(more="worker: support-edge, "),
    ),
    "AIG165": Explanation(
        "A client that does not exist (warning)",
        "client in match is compared with the names under auth: {tokens: …}, or with e-mail addresses when Cloudflare "
        "Access is asked. Nobody else has a name.",
        "gateway: support\n" + _edge("[{match: {client: ci}, cache: false}]"),
        "gateway: support\n"
        + _edge("[{match: {client: ci}, cache: false}]", f"auth: {{tokens: {{ci: {_TOKEN_HASH}}}}}, "),
    ),
    "AIG166": Explanation(
        "Rules that are too large",
        "Cloudflare takes at most 5 KB for each of a Worker's bindings. Rules are spread over as many as they need, "
        "but one rule has to fit into one binding, and so has all that is no rule, such as the clients' tokens.",
        "gateway: support\n" + _edge(f"[{{match: {{model: [{', '.join(['m' * 400] * 15)}]}}, cache: false}}]"),
        "gateway: support\n" + _edge("[{match: {model: m*}, cache: false}]"),
    ),
}

EXPLANATIONS: Final[Mapping[str, Explanation]] = MappingProxyType(
    {**_GRAPHS, **_ROUTES, **_PROVIDERS, **_SETTINGS, **_SECRETS, **_ACCOUNTS, **_EDGES}
)
