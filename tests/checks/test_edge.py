"""The checks of the edge, each at the right place."""

from __future__ import annotations

from hypothesis import given, settings

from cfaig.checks import check_gateways
from cfaig.definition.diagnostics import Severity
from cfaig.definition.load import Loaded
from cfaig.definition.model import CustomProvider, Gateway
from cfaig.definition.model_edge import Edge
from tests.checks.test_checks import check, places
from tests.edges import edges

HASH = "0" * 64


@settings(max_examples=30)
@given(edges(("openai", "lab")))
def test_generated_edges_are_without_mistakes(edge: Edge) -> None:
    lab = CustomProvider("lab", "https://lab.example.com", "lab")
    found = check_gateways(Loaded((Gateway("g", custom_providers=(lab,), edge=edge),)), environ=None, environment="dev")
    assert {one.code for one in found if one.severity is Severity.ERROR} == set()
    assert {one.code for one in found} <= {"AIG161", "AIG165"}


def test_providers_of_the_edge_are_looked_up() -> None:
    found = check(
        "gateway: g\n"
        "edge:\n"
        "  hostname: ai.example.com\n"
        "  auth: {open: true}\n"
        "  keys:\n"
        "    opnai: env://A\n"
        "  rules:\n"
        "    - match: {provider: [OpenAI, custom-*, groqq]}\n"
        "      rewrite: {provider: custom-lab}\n"
    )
    assert places(found) == [("AIG120", 6, 12), ("AIG120", 8, 44), ("AIG121", 9, 27)]


def test_secrets_of_the_edge_are_looked_for() -> None:
    text = (
        "gateway: g\n"
        "edge:\n"
        "  hostname: ai.example.com\n"
        "  auth: {open: true}\n"
        "  gateway_token: env://TOKEN\n"
        "  keys: {openai: env://A, groq: {key: env://B}}\n"
        "  rules: []\n"
    )
    assert places(check(text, environ={})) == [("AIG140", 5, 18), ("AIG140", 6, 18), ("AIG140", 6, 39)]
    assert check(text, environ={"TOKEN": "x", "A": "x", "B": "x"}) == ()
    assert check(text, "local", environ={}) == ()


def test_clients_and_rules_that_are_never_reached() -> None:
    found = check(
        "gateway: g\n"
        "edge:\n"
        "  hostname: ai.example.com\n"
        f"  auth: {{tokens: {{ci: {HASH}}}}}\n"
        "  rules:\n"
        "    - match: {client: [CI, c*, bot]}\n"
        "      log: false\n"
        "    - continue: true\n"
        "      log: true\n"
        "    - reject: {status: 403, message: closed}\n"
        "      continue: true\n"
        "    - cache: false\n"
    )
    assert places(found) == [("AIG165", 6, 32), ("AIG161", 12, 7)]
    assert found[1].hint is not None
    assert found[0].hint == "the tokens are of ci"


def test_a_host_name_and_a_worker_are_one_gateways() -> None:
    one = Gateway("a", edge=Edge("ai.example.com", worker="w"))
    other = Gateway("b", domains=("ai.example.com",), edge=Edge("ai.example.com", worker="w"))
    found = check_gateways(Loaded((one, other)), environ=None, environment="dev")
    assert sorted(diagnostic.message for diagnostic in found) == [
        "ai.example.com is also among the domains of the gateway b",
        "ai.example.com is also among the domains of the gateway b",
        "ai.example.com is the host name of the edge of a already",
        "the Worker w is the edge of a already",
    ]
