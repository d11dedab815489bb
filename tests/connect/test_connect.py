"""What `cfaig connect` says of names, places and tokens; and that it needs no network."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Shell
from tests.connect.conftest import CLIENTS, ROUTE_CLIENTS

ACCOUNT = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("arguments", "said", "fix"),
    [
        (("opena",), "there is no client opena", "did you mean openai?"),
        (("openai",), "there are 2 gateways in local", "--gateway open, --gateway shop"),
        (("openai", "--gateway", "shpo"), "there is no gateway shpo in local", "did you mean shop?"),
        (("openai", "--route", "chta"), "no gateway has a route chta", "did you mean chat?"),
        (("openai", "--route", "open/chat"), "open has no route chat", "there are: none"),
        (("openai", "--route", "chat", "--model", "gpt-4o"), "a route chooses its models itself", "--route or --model"),
        (("claude-code", "--route", "chat"), "Claude Code cannot call a route", "cfaig connect openai"),
        (("ollama", "--gateway", "open"), "the gateway open has no provider ollama", "base_url"),
        (("openai", "--gateway", "shop", "--edge"), "the gateway shop has no edge in local", "edge: {hostname"),
        (("openai", "--gateway", "shop", "-e", "prd"), "there is no environment prd", "did you mean prod"),
        (("openai", "--gateway", "shop", "-f", "yaml"), "openai has no form yaml", "shell, python"),
        (("openai", "--gateway", "shop", "--json", "--write", "x"), "--write goes with neither", "the file tells"),
    ],
)
def test_mistakes(project: Shell, arguments: tuple[str, ...], said: str, fix: str) -> None:
    told = project.cfaig("connect", *arguments, code=1)
    assert told.stdout == ""
    assert said in told.stderr
    assert fix in told.stderr


def test_a_real_account_gets_variables_in_place_of_tokens(project: Shell) -> None:
    project.environ |= {"CF_AIG_TOKEN": "token-planted-0123", "CLOUDFLARE_API_TOKEN": "token-planted-4567"}
    project.environ |= {"OPENAI_API_KEY": "sk-planted-89ab", "CLOUDFLARE_ACCOUNT_ID": ACCOUNT}
    for client in CLIENTS:
        done = project.cfaig("connect", client, "--gateway", "shop", "-e", "prod")
        assert "planted" not in done.stdout + done.stderr
        assert f"https://gateway.ai.cloudflare.com/v1/{ACCOUNT}/shop" in done.stdout or client == "vercel-ai"
        assert "CF_AIG_TOKEN is a Cloudflare token of yours" in done.stderr


def test_without_an_account_there_is_a_placeholder_and_a_hint(project: Shell) -> None:
    told = project.cfaig("connect", "curl", "--route", "shop/chat", "-e", "prod")
    assert "'https://gateway.ai.cloudflare.com/v1/<account>/shop/compat/chat/completions'" in told.stdout
    assert "CLOUDFLARE_ACCOUNT_ID" in told.stderr
    stack = project.root / "Pulumi.prod.yaml"
    stack.write_text(stack.read_text() + f"config:\n  cfaig:account: {ACCOUNT}\n")
    assert ACCOUNT in project.cfaig("connect", "curl", "--route", "shop/chat", "-e", "prod").stdout


def test_authentication_decides_about_the_header(project: Shell) -> None:
    assert "cf-aig-authorization" in project.cfaig("connect", "curl", "--gateway", "shop", "-e", "prod").stdout
    told = project.cfaig("connect", "curl", "--gateway", "open", "-e", "prod")
    assert "cf-aig-authorization" not in told.stdout
    assert 'Authorization: Bearer $OPENAI_API_KEY"' in told.stdout
    assert "OPENAI_API_KEY is your own key of openai" in told.stderr


def test_stored_keys_without_authentication_are_warned_of(project: Shell) -> None:
    text = "gateway: shop\nauthentication: false\nproviders:\n  openai: {key: 'env://OPENAI_API_KEY'}\n"
    project.define("shop", text)
    told = project.cfaig("connect", "cline", "--gateway", "shop", "-e", "prod")
    assert json.loads(told.stdout)["openAiApiKey"] == "stored-in-the-gateway"
    assert "Cloudflare wants authentication: true for stored keys" in told.stderr
    code = project.cfaig("connect", "openai", "--gateway", "shop", "-e", "prod", "-f", "python").stdout
    assert 'extra_headers={"Authorization": Omit()}' in code


def test_the_edge_has_its_own_address_and_token(project: Shell) -> None:
    for client in CLIENTS:
        told = project.cfaig("connect", client, "--gateway", "shop", "-e", "dev", "--edge")
        assert "https://ai.example.com" in told.stdout
        assert "gateway.ai.cloudflare.com" not in told.stdout
        assert "CF_AIG_TOKEN" not in told.stdout
        assert "EDGE_TOKEN" in told.stdout or client == "claude-code"


def test_an_edge_without_credentials_of_its_own_gets_those_of_the_gateway(project: Shell) -> None:
    told = project.cfaig("connect", "curl", "--gateway", "shop", "-e", "prod", "--edge").stdout
    assert "https://ai.example.com/compat/chat/completions" in told
    assert 'cf-aig-authorization: Bearer $CF_AIG_TOKEN"' in told


def test_the_document_for_machines(project: Shell) -> None:
    for client in ROUTE_CLIENTS:
        told = project.cfaig("connect", client, "--route", "chat", "-e", "prod", "--json")
        document = json.loads(told.stdout)
        assert (document["client"], document["gateway"], document["route"]) == (client, "shop", "chat")
        for part in document["parts"]:
            assert part["model"] == "dynamic/chat"
            assert part["variables"] == ["CF_AIG_TOKEN"]
        assert told.stderr == ""
        assert document["notes"]
