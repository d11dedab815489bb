"""What each diagnostic code means, for `cfaig explain`: AIG001 to AIG099, files, YAML and the schema.

A `bad` example yields its code and the `good` one nothing; a test holds them to it. An example of several files has
a line `# file: NAME` before each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code: a title, what it is about and how to put it right, an example with the mistake and one without.

    `bad` is empty where text cannot show the mistake.
    """

    title: str
    text: str
    bad: str
    good: str


_GOOD: Final = "gateway: support\n"

_FILES: Final = {
    "AIG001": Explanation(
        "The file cannot be read",
        "A name in the folder of definitions ends with .yaml or .yml and is no file, or may not be read. Give yourself "
        "the right to read it (chmod), or move it elsewhere.",
        "",
        _GOOD,
    ),
    "AIG002": Explanation(
        "The file is too large",
        "A definition has at most 1,000,000 bytes; real ones have a few thousand. Files of another kind belong "
        "elsewhere.",
        "",
        _GOOD,
    ),
    "AIG003": Explanation(
        "Not a text",
        "Definitions are UTF-8 text. The file holds bytes that are not UTF-8, or control characters. Save it as UTF-8, "
        "or delete the character that is named.",
        "",
        _GOOD,
    ),
    "AIG004": Explanation(
        "The file is empty",
        "There is nothing in the file but comments. Delete it, or begin with the gateway's id.",
        "# later\n",
        _GOOD,
    ),
    "AIG005": Explanation(
        "Not valid YAML",
        "The text cannot be read as YAML; the message says what was found. Usual reasons: indentation that does not "
        "line up, a text with “: ” and without quotes, an open quote or bracket.",
        "gateway: support\ndescription: note: this\n",
        'gateway: support\ndescription: "note: this"\n',
    ),
    "AIG006": Explanation(
        "Tabs",
        "YAML is indented with spaces; a tab has no fixed width and is refused.",
        "gateway: support\ncache:\n\tttl: 1h\n",
        "gateway: support\ncache:\n  ttl: 1h\n",
    ),
    "AIG007": Explanation(
        "More than one document",
        "A line `---` begins a second YAML document. One file holds one gateway.",
        "gateway: support\n---\ngateway: sales\n",
        "---\ngateway: support\n",
    ),
    "AIG008": Explanation(
        "A key is there twice",
        "YAML readers take one of the two without a word, and not all the same one. Keep one. Two equal shares of a "
        "split need two spellings: 50% and 50.0%.",
        "gateway: support\ncache: {ttl: 1h}\ncache: {ttl: 2h}\n",
        "gateway: support\ncache: {ttl: 2h}\n",
    ),
    "AIG009": Explanation(
        "A key is not a text",
        "Keys are texts. Numbers, true, false and null are other things in YAML; in quotes they are texts.",
        "gateway: support\nlabels: {2024: created}\n",
        'gateway: support\nlabels: {"2024": created}\n',
    ),
    "AIG010": Explanation(
        "An alias that cannot be used",
        "An alias (*name) contains itself, stands for too much when written out, or is merged (<<) and is no mapping.",
        "gateway: support\nlabels:\n  <<: [team, support]\n",
        "gateway: support\nlabels:\n  <<: {team: support}\n",
    ),
    "AIG011": Explanation(
        "Nested too deep",
        "Mappings and lists are nested more than 64 levels deep. No definition needs this.",
        "gateway: support\nroutes: " + "[" * 70 + "]" * 70 + "\n",
        _GOOD,
    ),
    "AIG013": Explanation(
        "A tag that is not known",
        "YAML tags (!name) make values of special types. Definitions have only texts, numbers, true, false, mappings "
        "and lists, which need no tag.",
        "gateway: support\ndescription: !env DESCRIPTION\n",
        "gateway: support\ndescription: Customer support\n",
    ),
    "AIG014": Explanation(
        "Two files of defaults",
        "There is a _defaults.yaml and a _defaults.yml. Only one can be merged under the definitions.",
        "# file: _defaults.yaml\nprotect: true\n# file: _defaults.yml\nprotect: true\n",
        "# file: _defaults.yaml\nprotect: true\n",
    ),
}

_SCHEMA: Final = {
    "AIG012": Explanation(
        "Unknown key",
        "Nothing reads this key: a misspelling, a key at the wrong indentation, or a name of the API or of Terraform. "
        "Unknown keys are errors, because a misspelled limit that is silently ignored is no limit.",
        "gateway: support\ncache: {tll: 1h}\n",
        "gateway: support\ncache: {ttl: 1h}\n",
    ),
    "AIG020": Explanation(
        "Wrong type",
        "The value is of another kind than the key takes: a text for a number, a list for a mapping, nothing at all. "
        "Texts such as 010, 1_000 and 1:30 are no numbers here.",
        'gateway: support\nretries: {attempts: "3"}\n',
        "gateway: support\nretries: {attempts: 3}\n",
    ),
    "AIG021": Explanation(
        "Not an allowed value",
        "The key takes one of a few words; the message lists them. They are in lower case.",
        "gateway: support\nretries: {backoff: Exponential}\n",
        "gateway: support\nretries: {backoff: exponential}\n",
    ),
    "AIG022": Explanation(
        "Out of bounds",
        "The number, duration, length or count is smaller or larger than Cloudflare's API takes.",
        "gateway: support\nlogging: {keep: 1000}\n",
        "gateway: support\nlogging: {keep: 10000}\n",
    ),
    "AIG023": Explanation(
        "A key is missing",
        "The mapping needs this key once _defaults.yaml, the definition and the environment are merged. A key with "
        "nothing behind it counts as missing.",
        "gateway: support\nrate_limit: {requests: 100}\n",
        "gateway: support\nrate_limit: {requests: 100, per: 1m}\n",
    ),
    "AIG024": Explanation(
        "Malformed text",
        "The text does not have the form that is needed: an id, a host name, an address or a name with characters that "
        "Cloudflare does not take.",
        "gateway: Customer Support\n",
        "gateway: customer-support\n",
    ),
    "AIG025": Explanation(
        "Not a duration",
        "A duration is one number with one unit (500ms, 30s, 5m, 1h, 30d) or a plain number of seconds.",
        "gateway: support\ncache: {ttl: 1 hour}\n",
        "gateway: support\ncache: {ttl: 1h}\n",
    ),
    "AIG026": Explanation(
        "Keys that exclude each other",
        "Both keys say the same in different ways, or a flow is of two kinds at once. Keep one of them.",
        "gateway: support\nretries: {delay: 1s, delay_ms: 500}\n",
        "gateway: support\nretries: {delay: 500ms}\n",
    ),
    "AIG027": Explanation(
        "A key needs another one",
        "The key means something only beside the other one. A provider's name, headers and so on are for providers of "
        "your own, which have a base_url.",
        "gateway: support\nproviders: {lab: {name: Lab}}\n",
        "gateway: support\nproviders: {lab: {name: Lab, base_url: https://lab.example.com}}\n",
    ),
    "AIG028": Explanation(
        "The same item twice",
        "The list names things that count once.",
        "gateway: support\ndomains: [ai.example.com, ai.example.com]\n",
        "gateway: support\ndomains: [ai.example.com]\n",
    ),
    "AIG029": Explanation(
        "Truth words of old YAML: yes, no, on, off",
        "In YAML 1.2 these words are texts; only true and false are truth values. Old YAML readers disagree, so they "
        "are refused where a truth value is meant.",
        "gateway: support\nauthentication: yes\n",
        "gateway: support\nauthentication: true\n",
    ),
    "AIG030": Explanation(
        "A secret in clear text",
        "Definitions are kept in Git, where every secret is lost for ever. Write a reference: env://NAME reads an "
        "environment variable, file://PATH a file, vault://MOUNT/PATH#FIELD HashiCorp Vault, pulumi://NAME the stack's "
        "configuration. Change the secret at its provider: it may have been seen.",
        "gateway: support\nproviders: {openai: {key: not-a-real-key}}\n",
        "gateway: support\nproviders: {openai: {key: env://OPENAI_API_KEY}}\n",
    ),
    "AIG031": Explanation(
        "A secret reference that cannot be read",
        "References are env://NAME (an environment variable), file://PATH (a file), vault://MOUNT/PATH#FIELD (a field "
        "of a secret in a KV engine of HashiCorp Vault; leave out the data/ of its API) and pulumi://NAME (set with "
        "pulumi config set --secret NAME).",
        "gateway: support\nproviders: {openai: {key: vault://kv/ai}}\n",
        "gateway: support\nproviders: {openai: {key: vault://kv/ai#openai}}\n",
    ),
    "AIG042": Explanation(
        "An environment without a stack file (warning)",
        "The definition names an environment for which there is no Pulumi.<environment>.yaml: most often a "
        "misspelling, and then its settings are never used.",
        "# file: support.yaml\ngateway: support\nenvironments: {prdo: {protect: true}}\n",
        "# file: support.yaml\ngateway: support\nenvironments: {prod: {protect: true}}\n",
    ),
}

_MODEL: Final = "{provider: openai, model: gpt-4o}"
_ELEMENTS: Final = """gateway: support
routes:
  chat:
    elements:
      - {{id: s, type: start, outputs: {{next: {{elementId: r}}}}}}
      - id: r
        type: {kind}
        properties: {{key: metadata.user_id, limit: 10, limitType: count, {window}: 60}}
        outputs: {{success: {{elementId: e}}, fallback: {{elementId: e}}}}
      - {{id: e, type: end, outputs: {{}}}}
"""

_ROUTES: Final = {
    "AIG032": Explanation(
        "An old spelling in raw elements",
        "Old documentation taught other names: type rate_limit (now rate), interval (window), condition (conditions), "
        "technique in a rate element (dropped without a word), an else share (refused).",
        _ELEMENTS.format(kind="rate_limit", window="interval"),
        _ELEMENTS.format(kind="rate", window="window"),
    ),
    "AIG033": Explanation(
        "Shares that are not 100%",
        "The shares of a split add up to exactly 100%; the API refuses anything else.",
        f"gateway: support\nroutes: {{chat: {{split: {{90%: [{_MODEL}], 5%: [{_MODEL}]}}}}}}\n",
        f"gateway: support\nroutes: {{chat: {{split: {{90%: [{_MODEL}], 10%: [{_MODEL}]}}}}}}\n",
    ),
    "AIG034": Explanation(
        "Not a share",
        "The keys of a split are percentages: 90%, 12.5%.",
        f"gateway: support\nroutes: {{chat: {{split: {{most: [{_MODEL}]}}}}}}\n",
        f"gateway: support\nroutes: {{chat: {{split: {{100%: [{_MODEL}]}}}}}}\n",
    ),
    "AIG035": Explanation(
        "A flow in the middle of a list",
        "In a list of models a flow (if, limit, split, chain) is where a request goes when all models before it have "
        "failed; what comes after it can never be reached.",
        f"gateway: support\nroutes:\n  chat:\n    - split: {{100%: [{_MODEL}]}}\n    - {_MODEL}\n",
        f"gateway: support\nroutes:\n  chat:\n    - {_MODEL}\n    - split: {{100%: [{_MODEL}]}}\n",
    ),
    "AIG036": Explanation(
        "A spend rule with the id of old plugins (warning)",
        "Old versions of the official Terraform and Pulumi plugins give the id 6fb25042 to every spend rule without "
        "one, so that two of them share one counter. Give the rule a name of its own.",
        "gateway: support\nspend_limits: {rules: {6fb25042: {cost: 5, per: 1d}}}\n",
        "gateway: support\nspend_limits: {rules: {daily: {cost: 5, per: 1d}}}\n",
    ),
    "AIG040": Explanation(
        "Unknown variable",
        "Texts may have ${environment} and ${account} in them. For the characters themselves write $${.",
        "gateway: support\ndescription: for ${stage}\n",
        "gateway: support\ndescription: for ${environment}, not $${stage}\n",
    ),
    "AIG041": Explanation(
        "A gateway defined twice",
        "Two files define the same gateway in the same environment. The message names both places.",
        "# file: a.yaml\ngateway: support\n# file: b.yaml\ngateway: support\n",
        "# file: a.yaml\ngateway: support\nonly: [dev]\n# file: b.yaml\ngateway: support\nonly: [prod]\n",
    ),
    "AIG043": Explanation(
        "Older plugins refuse this (warning)",
        "Cloudflare's API takes the value; older versions of the official Pulumi and Terraform plugin do not (a retry "
        "delay over 5s, unified Workers AI billing) and refuse it at the preview.",
        "gateway: support\nretries: {delay: 30s}\n",
        "gateway: support\nretries: {delay: 5s}\n",
    ),
}

EXPLANATIONS: Final[Mapping[str, Explanation]] = MappingProxyType(
    dict(sorted({**_FILES, **_SCHEMA, **_ROUTES}.items()))
)
