"""Texts and JSON documents, damaged: what is drawn is near to what a reader knows, so that it gets deep into it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

# What means something to YAML, to the schema, to Python, to SQL, to a terminal, or to nobody.
TOKENS: Final = (
    *"-:?,[]{}#&*!|>'\"%@` \t\n\r\\~=<.$",
    *(
        "\n---\n",
        "\n...\n",
        "&a ",
        "*a",
        "<<: ",
        "!!int ",
        "!!python/object:os.system ",
        "? ",
        "- - - ",
        "{{",
        "\n\t",
        "\\x",
    ),
    *("null", "true", "no", "0x1F", "1e400", ".inf", ".nan", "-0", "9" * 40, "0o17", "12:30:45", "2026-01-01"),
    *("env://A", "file:///dev/null", "vault://a/b#c", "pulumi://a", "${environment}", "${", "}", "${account}", "$$"),
    *("\x00", "\x07", "\x1b]0;x\x07", "\x1b[2J", "\x85", "\u2028", "\u202e", "\ufeff", "\ud7ff", "é", "𝔘", "\u0301"),
    *(
        "chain:",
        "if:",
        "then:",
        "else:",
        "split:",
        "50%:",
        "limit:",
        "elements:",
        "environments:",
        "gateway:",
        "routes:",
    ),
    *(
        "' OR 1=1 --",
        "../../etc/passwd",
        "%s%n",
        "__class__",
        "<script>",
        "@everyone",
        "::error::",
        "=1+1",
        "[x](http://y)",
    ),
)
ODD: Final[SearchStrategy[Any]] = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 1, -1, 2**31, 2**63, 2**64, -(2**63), 10**30, 0.0, -0.0, 0.5, 1e308, 1e-308]),
    st.integers(-5, 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(TOKENS),
    st.text(max_size=12),
    st.sampled_from([[], {}, [[]], [{}], [None], {"a": None}, {"": ""}, ["x", "x"], {"id": 1}, "x" * 3000, [[[[]]]]]),
)
MOST_DAMAGES: Final = 5


@st.composite
def damaged_text(draw: DrawFn, texts: Sequence[str]) -> str:
    """One of the texts with up to five pieces cut out, put in, doubled, swapped or indented."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, MOST_DAMAGES))):
        start = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(["token", "token", "token", "cut", "double", "replace", "lines", "indent", "text"])):
            case "token":
                text = text[:start] + draw(st.sampled_from(TOKENS)) + text[start:]
            case "cut":
                text = text[:start] + text[start + draw(st.integers(1, 40)) :]
            case "double":
                piece = text[start : start + draw(st.integers(1, 80))]
                text = text[:start] + piece * draw(st.integers(2, 4)) + text[start:]
            case "replace":
                text = text[:start] + draw(st.sampled_from(TOKENS)) + text[start + draw(st.integers(1, 12)) :]
            case "lines":
                text = _swapped(text, draw(st.integers(0, 200)), draw(st.integers(0, 200)))
            case "indent":
                text = text[:start] + text[start:].replace("\n", "\n" + draw(st.sampled_from(["  ", " ", "\t"])), 1)
            case _:
                text = text[:start] + draw(st.text(max_size=8)) + text[start:]
    return text


def _swapped(text: str, one: int, other: int) -> str:
    lines = text.split("\n")
    one, other = one % len(lines), other % len(lines)
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


@st.composite
def damaged_json(draw: DrawFn, documents: Sequence[Any]) -> Any:
    """One of the documents with up to five values replaced, taken away, renamed, doubled or wrapped.

    What is put in is copied: later damages must not change what other inputs are drawn from.
    """
    document = [json.loads(json.dumps(draw(st.sampled_from(documents))))]
    for _ in range(draw(st.integers(1, MOST_DAMAGES))):
        holder, key = draw(st.sampled_from(_places(document)))
        value = holder[key]
        match draw(st.sampled_from(["replace", "replace", "remove", "rename", "double", "wrap", "add"])):
            case "remove" if holder is not document:
                del holder[key]
            case "rename" if isinstance(holder, dict):
                holder[draw(st.sampled_from([*sorted(holder), *TOKENS]))] = holder.pop(key)
            case "double" if isinstance(holder, list) and holder is not document:
                holder.append(json.loads(json.dumps(value)))
            case "wrap":
                holder[key] = draw(st.sampled_from([[value], {"value": value}, str(value), json.dumps(value)]))
            case "add" if isinstance(value, dict):
                value[draw(st.sampled_from(TOKENS) | st.text(max_size=5))] = deepcopy(draw(ODD))
            case _:
                holder[key] = deepcopy(draw(ODD))
    return document[0]


def _places(root: list[Any]) -> list[tuple[Any, Any]]:
    """Every value in a document, as what holds it and its name there."""
    found: list[tuple[Any, Any]] = []
    todo: list[Any] = [root]
    while todo:
        holder = todo.pop()
        items = list(holder.items() if isinstance(holder, dict) else enumerate(holder))
        found += [(holder, key) for key, _ in items]
        todo += [value for _, value in items if isinstance(value, dict | list)]
    return found
