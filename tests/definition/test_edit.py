"""Editing an overlay leaves everything else as it was written, and means what was asked."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cfaig.definition.edit import with_overlay
from cfaig.definition.explicit import OFF, merged, over_defaults, patch, same

TEXT = """\
# yaml-language-server: $schema=../schemas/gateway.schema.json
gateway: support   # the id
cache: {ttl: 1h}          # aligned   by hand
labels: {"team": 'x', on: "no"}
routes:
  chat:
    - {provider: openai, model: gpt-4o}   # first

    # then the other
    - {provider: anthropic, model: claude-sonnet-5}
environments:
  dev: {cache: {ttl: 5m}} # quick
  # production
  prod:
    protect: true # never
"""


def test_a_value_in_a_small_overlay() -> None:
    text = with_overlay(TEXT, "dev", {"cache": {"ttl": "10m"}}, frozenset({"cache"}))
    assert text == TEXT.replace("{ttl: 5m}", "{ttl: 10m}")


def test_a_new_key_a_new_overlay_and_a_removal() -> None:
    text = with_overlay(TEXT, "prod", {"retries": {"attempts": 2}}, frozenset({"retries"}))
    assert text == TEXT + "    retries: {attempts: 2}\n"
    text = with_overlay(TEXT, "staging", {"retries": None}, frozenset({"retries"}))
    assert text == TEXT + "  staging: {retries: null}\n"
    text = with_overlay(TEXT, "dev", {}, frozenset({"cache"}))
    assert "ttl: 5m" not in text
    assert "dev:" not in text
    assert "protect: true # never" in text


def test_something_large_is_not_squeezed_into_one_line() -> None:
    chain = [{"provider": "openai", "model": "gpt-4o"}, {"provider": "groq", "model": "llama-3.3-70b"}]
    plain = TEXT.replace(" # quick", "")
    text = with_overlay(plain, "staging", {"routes": {"chat": {"chain": chain}}}, frozenset({"routes"}))
    assert text.startswith(plain)
    assert "          - {provider: groq, model: llama-3.3-70b}\n" in text
    assert max(len(line) for line in text.splitlines()) < 100


def test_a_comment_behind_the_overlay_stays_there() -> None:
    chain = [{"provider": "openai", "model": "gpt-4o"}, {"provider": "groq", "model": "llama-3.3-70b"}]
    large = {"routes": {"chat": {"chain": chain}}}
    text = with_overlay(
        "gateway: a\nenvironments:\n  dev: {protect: true} # mine\n", "dev", large, frozenset({"routes"})
    )
    assert "  dev: # mine\n    protect: true\n    routes:\n" in re.sub(" +#", " #", text)
    folded = with_overlay(TEXT, "dev", large, frozenset({"routes"}))
    assert folded.endswith(TEXT[TEXT.index(" # quick") :])


def test_a_definition_without_overlays() -> None:
    text = with_overlay("gateway: a # mine\n", "dev", {"cache": {"ttl": "1h"}}, frozenset({"cache"}))
    assert text.startswith("gateway: a # mine\nenvironments:")
    assert "ttl: 1h" in text


scalars = st.sampled_from([0, 1, True, False, "1h", "x", [1, 2]])
trees = st.recursive(
    scalars, lambda inner: st.dictionaries(st.sampled_from("abcd"), inner, min_size=1, max_size=3), max_leaves=8
)
mappings = st.dictionaries(st.sampled_from(["authentication", "cache", "retries", "x"]), trees, max_size=4)


@given(mappings, mappings)
def test_a_patch_leads_from_one_to_the_other(base: dict[str, object], wanted: dict[str, object]) -> None:
    assert repr(_sorted(merged(base, patch(base, wanted)))) == repr(_sorted(wanted))


@given(mappings, mappings)
def test_a_definition_says_what_is_wanted_over_any_defaults(own: dict[str, object], overlay: dict[str, object]) -> None:
    wanted = {"gateway": "g", "cache": {"ttl": "1h"}, "logging": {"keep": 20_000}}
    defaults = {**own, "environments": {"dev": overlay}, "labels": {"a": "b"}}
    said = over_defaults(wanted, defaults, "dev")
    layers = [own, {k: v for k, v in said.items() if k != "environments"}, overlay]
    layers.append(said.get("environments", {}).get("dev", {}))
    result: dict[str, object] = {}
    for layer in layers:
        result = merged(result, layer)
    for name in result.keys() - {"gateway", "labels"}:
        assert _means(result[name], wanted.get(name), OFF.get(name))


def _means(said: object, wanted: object, off: object) -> bool:
    """Whether `said` is what is wanted, or says what its absence would mean."""
    if isinstance(said, dict):
        inner, nothing = (part if isinstance(part, dict) else {} for part in (wanted, off))
        return all(_means(value, inner.get(name), nothing.get(name)) for name, value in said.items())
    return same(said, off if wanted is None else wanted)


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        # A patch leaves an emptied mapping behind, which says no more than none.
        parts = {key: _sorted(part) for key, part in sorted(value.items())}
        return {key: part for key, part in parts.items() if part != {}}
    return value
