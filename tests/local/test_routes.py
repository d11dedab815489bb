from __future__ import annotations

from typing import Any

import pytest

from tests.local.bodies import CHAIN, END, SHORT_CHAIN, gateway_body, model, split, start, to
from tests.local.running import RunningCloudflare

ROUTES = "/ai-gateway/gateways/g/routes"


@pytest.fixture
def account(cloudflare: RunningCloudflare) -> RunningCloudflare:
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))
    return cloudflare


def create(account: RunningCloudflare, name: str = "chat", elements: object = CHAIN) -> dict[str, Any]:
    route: dict[str, Any] = account.result("POST", ROUTES, {"name": name, "elements": elements})
    return route


def test_the_first_version_is_deployed_at_once(account: RunningCloudflare) -> None:
    created = create(account)
    assert created["elements"] == CHAIN
    shown = account.result("GET", f"{ROUTES}/{created['id']}")
    assert "elements" not in shown
    assert shown["version"]["data"] == CHAIN
    assert shown["version"]["active"] is True
    assert shown["version"]["is_valid"] is True
    assert shown["deployment"]["version_id"] == shown["version"]["version_id"]
    assert (shown["name"], shown["gateway_id"]) == ("chat", "g")


def test_the_list_has_no_envelope_and_no_graphs(account: RunningCloudflare) -> None:
    for name in ("a", "b", "c"):
        create(account, name)
    answer = account.call("GET", f"{ROUTES}?per_page=2&page=1").json()
    assert set(answer) == {"success", "data"}
    data = answer["data"]
    assert [route["name"] for route in data["routes"]] == ["c", "b"]
    assert {name: data[name] for name in data if name != "routes"} == {
        "order_by": "created_at",
        "order_by_direction": "desc",
        "page": 1,
        "per_page": 2,
    }
    assert "elements" not in data["routes"][0]
    assert "data" not in data["routes"][0]["version"]
    assert account.call("GET", f"{ROUTES}?per_page=51").status_code == 400


def test_a_version_waits_for_its_deployment(account: RunningCloudflare) -> None:
    created = create(account)
    path = f"{ROUTES}/{created['id']}"
    added = account.result("POST", f"{path}/versions", {"elements": SHORT_CHAIN})
    assert account.result("GET", path)["version"]["data"] == CHAIN
    deployed = account.result("POST", f"{path}/deployments", {"version_id": added["version_id"]})
    assert (deployed["id"], deployed["elements"]) == (created["id"], SHORT_CHAIN)
    shown = account.result("GET", path)
    assert shown["id"] == created["id"]
    assert shown["version"]["data"] == SHORT_CHAIN
    versions = account.call("GET", f"{path}/versions").json()["data"]["versions"]
    assert [(version["active"], version["data"]) for version in versions] == [(True, SHORT_CHAIN), (False, CHAIN)]
    deployments = account.call("GET", f"{path}/deployments").json()["data"]["deployments"]
    assert [each["version_id"] for each in deployments] == [version["version_id"] for version in versions]


def test_an_older_version_can_be_deployed_again(account: RunningCloudflare) -> None:
    created = create(account)
    path = f"{ROUTES}/{created['id']}"
    added = account.result("POST", f"{path}/versions", {"elements": SHORT_CHAIN})
    for version in (added["version_id"], created["version"]["version_id"]):
        account.result("POST", f"{path}/deployments", {"version_id": version})
    assert account.result("GET", path)["version"]["data"] == CHAIN
    assert len(account.call("GET", f"{path}/deployments").json()["data"]["deployments"]) == 3


def test_one_version(account: RunningCloudflare) -> None:
    created = create(account)
    path = f"{ROUTES}/{created['id']}/versions"
    shown = account.result("GET", f"{path}/{created['version']['version_id']}")
    assert (shown["id"], shown["name"], shown["active"]) == (created["id"], "chat", True)
    assert shown["elements"] == shown["data"] == CHAIN
    assert account.call("GET", f"{path}/nothing").json()["errors"][0]["code"] == 7005


def test_renaming_keeps_the_id_and_answers_in_its_own_way(account: RunningCloudflare) -> None:
    created = create(account)
    create(account, "other")
    path = f"{ROUTES}/{created['id']}"
    answer = account.call("PATCH", path, {"name": "talk"}).json()
    assert set(answer) == {"success", "route"}
    assert (answer["route"]["id"], answer["route"]["name"]) == (created["id"], "talk")
    assert answer["route"]["account_tag"] == account.account
    assert account.call("PATCH", path, {"name": "talk"}).status_code == 200
    taken = account.call("PATCH", path, {"name": "other"})
    assert (taken.status_code, taken.json()["errors"][0]["code"]) == (409, 7001)


def test_names_are_unique_in_a_gateway(account: RunningCloudflare) -> None:
    create(account)
    answer = account.call("POST", ROUTES, {"name": "chat", "elements": CHAIN})
    assert answer.status_code == 409
    assert "already exists" in answer.text
    account.result("POST", "/ai-gateway/gateways", gateway_body("other"))
    account.result("POST", "/ai-gateway/gateways/other/routes", {"name": "chat", "elements": CHAIN})


def test_delete(account: RunningCloudflare) -> None:
    created = create(account)
    deleted = account.result("DELETE", f"{ROUTES}/{created['id']}")
    assert set(deleted) == {"id", "name", "gateway_id", "elements", "created_at", "modified_at"}
    answer = account.call("GET", f"{ROUTES}/{created['id']}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, 7005)
    create(account)


def test_a_route_of_another_gateway_is_not_found(account: RunningCloudflare) -> None:
    created = create(account)
    account.result("POST", "/ai-gateway/gateways", gateway_body("other"))
    assert account.call("GET", f"/ai-gateway/gateways/other/routes/{created['id']}").status_code == 404
    assert account.call("GET", "/ai-gateway/gateways/none/routes").json()["errors"][0]["code"] == 7002


def conditional(properties: dict[str, Any]) -> list[dict[str, Any]]:
    outputs = {"true": to("m"), "false": to("end")}
    return [
        start("if"),
        {"id": "if", "type": "conditional", "properties": properties, "outputs": outputs},
        model("m"),
        END,
    ]


def rate(properties: dict[str, Any], kind: str = "rate") -> list[dict[str, Any]]:
    outputs = {"success": to("m"), "fallback": to("end")}
    return [start("r"), {"id": "r", "type": kind, "properties": properties, "outputs": outputs}, model("m"), END]


RATE = {"key": "metadata.user_id", "limit": 0.5, "limitType": "cost", "window": 3600}


@pytest.mark.parametrize(
    "elements",
    [
        conditional({"conditions": {"$and": [{"metadata.plan": {"$in": ["a", "b"]}}]}}),
        rate(RATE),
        split(s90="m", s10="m"),
        split(**{"33.5": "m", "66.5": "end"}),
    ],
)
def test_every_type_of_element(account: RunningCloudflare, elements: list[dict[str, Any]]) -> None:
    assert create(account, elements=elements)["version"]["data"] == elements


def test_an_unknown_property_is_dropped_without_a_word(account: RunningCloudflare) -> None:
    elements = create(account, elements=conditional({"condition": {"a": 1}}))["elements"]
    assert elements[1]["properties"] == {}
    assert create(account, "r", rate(RATE | {"technique": "fixed"}))["elements"][1]["properties"] == RATE


@pytest.mark.parametrize(
    ("elements", "path", "message"),
    [
        ([], "", "Array must contain at least 1"),
        (rate(RATE, "rate_limit"), "1", "Invalid discriminator value. Expected 'start' | 'conditional'"),
        (rate({"key": "k", "limit": 1, "limitType": "count", "interval": 60}), "1.properties.window", "Required"),
        (rate(RATE | {"limitType": "tokens"}), "1.properties.limitType", "Invalid enum value"),
        ([start("a"), {"id": "a", "type": "model", "outputs": {}}, END], "1.properties", "Required"),
        ([start("end"), {"id": "end", "type": "end"}], "1.outputs", "Required"),
        (
            [start("a"), {**model("a"), "outputs": {"success": to("end")}}, END],
            "1.outputs.fallback",
            "Required",
        ),
        ([start("a"), model("a", provider=None), END], "1.properties.provider", "Expected string, received null"),
        (split(**{"50": "m", "49": "m"}), "1.outputs", "must add up to 100, not 99"),
        (split(**{"20": "m", "20.0": "m", "15": "m", "15.0": "m", "10": "m", "20.00": "m"}), "1.outputs", "at most 5"),
        ([start("a"), model("a", "gone"), END], "", "leads to gone"),
        ([model("a"), END], "", "start"),
        ([END, start("end")], "", "start"),
        ([start("end"), start("end"), END], "", "start"),
        ([start("a"), model("a", "b"), model("b", "a"), END], "", "again"),
        ([start("end"), model("a"), END], "", "reach"),
        ([start("a"), model("a"), model("a"), END], "", "more than once"),
    ],
)
def test_wrong_graphs(account: RunningCloudflare, elements: object, path: str, message: str) -> None:
    answer = account.call("POST", ROUTES, {"name": "chat", "elements": elements})
    assert answer.status_code == 400, answer.text
    told = [(".".join(map(str, error["path"])), error["message"]) for error in answer.json()["errors"]]
    wanted = f"body.elements.{path}".rstrip(".")
    assert any(where == wanted and message in text for where, text in told), told


def test_an_else_share_is_refused(account: RunningCloudflare) -> None:
    elements = split(s90="m")
    elements[1]["outputs"]["else"] = to("m")
    answer = account.call("POST", ROUTES, {"name": "chat", "elements": elements})
    assert (answer.status_code, answer.json()["errors"][0]["path"][-1]) == (400, "else")


def test_a_draft_may_be_wrong_but_not_be_deployed(account: RunningCloudflare) -> None:
    path = f"{ROUTES}/{create(account)['id']}"
    wrong = [start("a"), model("a", "gone"), END]
    added = account.result("POST", f"{path}/versions", {"elements": wrong})
    assert account.result("GET", f"{path}/versions/{added['version_id']}")["is_valid"] is False
    assert account.call("POST", f"{path}/deployments", {"version_id": added["version_id"]}).status_code == 400
    assert account.result("GET", path)["version"]["data"] == CHAIN
