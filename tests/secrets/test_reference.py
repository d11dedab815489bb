"""The forms of references, and that the published schema knows the same ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfaig.definition.load import load_text
from cfaig.definition.schema import schema
from cfaig.definition.write import write_gateway
from cfaig.secrets import SCHEMES, is_reference, is_well_formed, stand_in
from cfaig.secrets.reference import PATTERN, vault_place
from tests.strategies import secret_references

GOOD = (
    "env://OPENAI_API_KEY",
    "env://KEY_${environment}",
    "file:///run/secrets/openai",
    "file://~/keys/openai",
    "vault://kv/ai#ollama",
    "vault://team/kv/${environment}/ai#api-key",
    "pulumi://openai",
    "pulumi://openai-${environment}",
    "pulumi://keys:open.ai",
)
BAD = (
    "env://",
    "env://MY KEY",
    "file://",
    "vault://kv",
    "vault://kv/ai",
    "vault://kv#field",
    "vault:///ai#field",
    "vault://kv//ai#field",
    "vault://kv/ai/#field",
    "vault://kv/ai?version=2#field",
    "vault://kv/ai#",
    "vault://kv/ai#a b",
    "vault://kv/ai#a#b",
    "pulumi://",
    "pulumi://a:b:c",
    "pulumi://a b",
)


@pytest.mark.parametrize("reference", GOOD)
def test_good_forms(reference: str) -> None:
    assert is_reference(reference)
    assert is_well_formed(reference)


@pytest.mark.parametrize("reference", BAD)
def test_bad_forms_are_references_all_the_same(reference: str) -> None:
    assert is_reference(reference)
    assert not is_well_formed(reference)
    assert not is_well_formed(reference + "\n")


def test_the_schema_has_the_same_forms() -> None:
    text = json.dumps(schema())
    open_scheme = "(?:" + "|".join(scheme.partition(":")[0] for scheme in SCHEMES) + ")"
    patterns = {json.dumps(PATTERN), json.dumps(f"^(?!{open_scheme}://)|{PATTERN}")}
    assert all(pattern in text for pattern in patterns)
    whole = text.count(json.dumps(PATTERN)[1:-1].removeprefix("^"))
    assert text.count("vault://(?:") == text.count("env://(?:") == whole > 0


def test_stand_ins_tell_the_name_only() -> None:
    assert stand_in("env://OPENAI_API_KEY") == "local-stand-in-OPENAI_API_KEY"
    assert stand_in("file:///run/secrets/openai") == "local-stand-in-openai"
    assert stand_in("vault://kv/ai#ollama") == "local-stand-in-kv/ai#ollama"
    assert stand_in("pulumi://openai") == "local-stand-in-openai"


def test_a_place_in_vault() -> None:
    place = vault_place("vault://team/kv/prod/ai#api-key")
    assert (place.path, place.field) == ("team/kv/prod/ai", "api-key")


@given(st.one_of(secret_references, st.sampled_from([reference for reference in GOOD if "$" not in reference])))
def test_every_form_survives_writing_and_loading(reference: str) -> None:
    text = f"gateway: g\nproviders:\n  openai: {{key: '{reference}'}}\n"
    [gateway] = load_text(text.encode(), "prod").gateways
    written = write_gateway(gateway)
    assert reference in written
    assert load_text(written.encode(), "prod").gateways == (gateway,)


@pytest.mark.parametrize("reference", [bad for bad in BAD if bad != "env://MY KEY"])
@pytest.mark.parametrize(
    "where",
    [
        "providers: {openai: {key: '%s'}}",
        "providers: {lab: {base_url: https://lab.example.com, headers: {x-key: '%s'}}}",
        "otel: [{url: https://otel.example.com, headers: {x-key: '%s'}}]",
        "otel: [{url: https://otel.example.com, authorization: '%s'}]",
        "stripe: {authorization: '%s', usage_events: ['{}']}",
    ],
)
def test_bad_forms_are_told_wherever_a_reference_may_stand(where: str, reference: str) -> None:
    from cfaig.definition.diagnostics import DefinitionError

    with pytest.raises(DefinitionError) as caught:
        load_text(f"gateway: g\n{where % reference}\n".encode(), "prod")
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.code == "AIG031"
    assert "vault://MOUNT/PATH#FIELD" in str(diagnostic.hint)
    assert reference not in str(diagnostic.source_line)
