"""Defaults, environments, variables: what is merged over what, and where the value in force was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from cfaig.definition.diagnostics import DefinitionError, Diagnostic, Severity
from cfaig.definition.environments import known_environments
from cfaig.definition.load import Loaded, load_environments, load_project, load_text, read_definitions
from cfaig.definition.model import Safety
from cfaig.errors import CfaigError
from cfaig.project import Project

DEFAULTS = """\
labels: {owner: platform, tier: "2"}
rate_limit: {per: 1m, technique: sliding}
cache: {ttl: 1h}
environments:
  prod: {protect: true, cache: {ttl: 2h}}
"""
SUPPORT = """\
gateway: support-${environment}
description: account ${account}, written $${account}
labels: {tier: null, team: support}
rate_limit: {requests: 100}
environments:
  dev:
    rate_limit:
      requests: 10
    cache: null
  prod:
    gateway: support
    labels:
      owner: null
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "gateways").mkdir()
    for name in ("dev", "local", "prod"):
        (tmp_path / f"Pulumi.{name}.yaml").touch()
    return Project(tmp_path)


def write(project: Project, **files: str) -> None:
    for name, text in files.items():
        (project.gateways / f"{name}.yaml").write_text(text)


def mistakes(project: Project, environment: str = "dev") -> list[Diagnostic]:
    with pytest.raises(DefinitionError) as raised:
        load_project(project, environment)
    return list(raised.value.diagnostics)


def test_layers(project: Project) -> None:
    write(project, _defaults=DEFAULTS, support=SUPPORT)
    (dev,) = load_project(project, "dev", account="abc").gateways
    (prod,) = load_project(project, "prod", account="abc").gateways
    assert (dev.id, prod.id) == ("support-dev", "support")
    assert dev.description == "account abc, written ${account}"
    assert dev.labels == {"owner": "platform", "team": "support"}
    assert prod.labels == {"team": "support"}
    assert (dev.rate_limit.requests, dev.rate_limit.per, dev.rate_limit.technique) == (10, 60, "sliding")
    assert (dev.cache.ttl, prod.cache.ttl) == (0, 7200)
    assert (dev.protect, prod.protect) == (False, True)


def test_without_an_account_its_variable_stays(project: Project) -> None:
    write(project, support=SUPPORT.replace("{requests: 100}", "{requests: 100, per: 60}"))
    (gateway,) = load_project(project, "dev").gateways
    assert gateway.description == "account ${account}, written ${account}"


def test_positions_are_where_the_value_in_force_was_written(project: Project) -> None:
    write(project, _defaults=DEFAULTS, support=SUPPORT)
    source = load_project(project, "dev").sources["support-dev"]
    assert source.file == Path("gateways/support.yaml")

    def place(*path: str) -> tuple[str, int, int]:
        position = source.position(path)
        return position.file.name, position.line, position.column

    assert place("rate_limit", "requests") == ("support.yaml", 8, 17)
    assert place("rate_limit", "per") == ("_defaults.yaml", 2, 19)
    assert place("rate_limit") == ("support.yaml", 7, 5)
    assert place("labels", "owner") == ("_defaults.yaml", 1, 17)
    assert place("labels", "team") == ("support.yaml", 3, 28)
    assert place("labels", "no", "such", "thing") == ("support.yaml", 3, 1)
    assert place() == ("support.yaml", 1, 1)
    assert source.line_at(source.position(("rate_limit", "per"))) == "rate_limit: {per: 1m, technique: sliding}"
    assert ("labels", "team") in source.positions
    assert len(source.positions) == len(list(source.positions))


def test_mistakes_are_where_they_were_written(project: Project) -> None:
    write(
        project, _defaults="cache: {ttl: 1s}\n", support="gateway: support\nenvironments: {dev: {store: 3}}\n", b="{}"
    )
    told = [(found.position.file.name, found.position.line, found.code) for found in mistakes(project)]
    assert told == [("_defaults.yaml", 1, "AIG022"), ("b.yaml", 1, "AIG023"), ("support.yaml", 2, "AIG020")]


def test_other_environments_are_checked_too(project: Project) -> None:
    write(project, support="gateway: support\nenvironments: {prod: {cache: {ttl: 1s}}}\n")
    assert [found.code for found in mistakes(project, "dev")] == ["AIG022"]


def test_a_part_is_enough_as_long_as_the_whole_is_complete(project: Project) -> None:
    write(project, support="gateway: support\nenvironments: {dev: {rate_limit: {requests: 3}}}\n")
    (found,) = mistakes(project, "dev")
    assert (found.code, found.position.column) == ("AIG023", 22)
    assert load_project(project, "prod").gateways[0].rate_limit.requests == 0


def test_only(project: Project) -> None:
    write(project, support="gateway: support\nonly: [prod]\n")
    assert load_project(project, "dev").gateways == ()
    assert [gateway.id for gateway in load_project(project, "prod").gateways] == ["support"]


def test_duplicate_ids(project: Project) -> None:
    write(project, a="gateway: support\n", b="gateway: support\n", c="only: [prod]\ngateway: sales\n")
    write(project, d="gateway: sales\nonly: [dev]\n")
    (found,) = mistakes(project)
    assert (found.code, found.position.file.name, found.position.line) == ("AIG041", "b.yaml", 1)
    assert "gateways/a.yaml:1" in found.message


def test_ids_that_are_the_same_only_in_one_environment(project: Project) -> None:
    write(
        project, a="gateway: support\n", b="gateway: support-${environment}\nenvironments: {dev: {gateway: support}}\n"
    )
    assert len(load_project(project, "prod").gateways) == 2
    assert [found.code for found in mistakes(project, "dev")] == ["AIG041"]


def test_sorted_by_id_whatever_the_files_are_called(project: Project) -> None:
    write(project, a="gateway: zebra\n", z="gateway: ape\n")
    loaded = load_project(project, "dev")
    assert [gateway.id for gateway in loaded.gateways] == ["ape", "zebra"]
    assert [path.name for path in loaded.files] == ["a.yaml", "z.yaml"]


def test_an_id_that_is_wrong_only_with_its_variable(project: Project) -> None:
    write(project, a="gateway: " + "x" * 60 + "-${environment}\n", b="gateway: a-${account}\n")
    assert [found.code for found in mistakes(project, "prod")] == ["AIG022"]
    with pytest.raises(DefinitionError) as raised:
        load_project(project, "dev", account="NOT VALID")
    assert [found.code for found in raised.value.diagnostics] == ["AIG024"]


def test_unknown_environment(project: Project) -> None:
    write(project, a="gateway: a\nenvironments: {staging: {protect: true}}\n")
    with pytest.raises(CfaigError, match="no environment prdo") as raised:
        load_project(project, "prdo")
    assert raised.value.hint is not None
    assert raised.value.hint.startswith("did you mean prod? there are dev, local, prod, staging")
    assert load_project(project, "staging").gateways[0].protect


def test_an_environment_without_a_stack_is_a_warning(project: Project) -> None:
    write(project, a="gateway: a\nonly: [dev, prodd]\nenvironments: {prdo: {protect: true}}\n")
    loaded = load_project(project, "dev")
    assert [(found.code, found.position.line, found.severity) for found in loaded.diagnostics] == [
        ("AIG042", 2, Severity.WARNING),
        ("AIG042", 3, Severity.WARNING),
    ]
    assert "did you mean prod?" in (loaded.diagnostics[1].hint or "")


def test_known_environments(project: Project) -> None:
    assert known_environments(project) == ("dev", "local", "prod")
    odd = [{"environments": {"x": {}}, "only": ["y", 3]}, None, {"environments": [], "only": "z"}]
    assert known_environments(project, odd) == ("dev", "local", "prod", "x", "y")


def test_several_environments_read_the_files_once(project: Project) -> None:
    write(project, a="gateway: a-${environment}\nenvironments: {dev: {rate_limit: {requests: 1}}}\n")
    outcomes = list(load_environments(project, ("dev", "prod")))
    assert isinstance(outcomes[0], DefinitionError)
    assert isinstance(outcomes[1], Loaded)
    assert outcomes[1].gateways[0].id == "a-prod"


def test_an_environment_that_changes_nothing_has_the_same_gateways(project: Project) -> None:
    write(project, a="gateway: a\nenvironments: {prod: {protect: true}}\n", b="gateway: b-${environment}\n")
    write(project, c="gateway: c\nonly: [dev, prod]\n", d='gateway: "d-${\\x65nvironment}"\n', e="gateway: e\n")
    outcomes = list(load_environments(project, ("dev", "local", "prod")))
    loaded = [outcome for outcome in outcomes if isinstance(outcome, Loaded)]
    ids = [[gateway.id for gateway in one.gateways] for one in loaded]
    assert ids == [
        ["a", "b-dev", "c", "d-dev", "e"],
        ["a", "b-local", "d-local", "e"],
        ["a", "b-prod", "c", "d-prod", "e"],
    ]
    first, second, third = (dict(zip(names, one.gateways, strict=True)) for names, one in zip(ids, loaded, strict=True))
    assert first["a"] is second["a"]
    assert first["e"] is second["e"] is third["e"]
    assert third["a"].protect
    assert not first["a"].protect
    for environment, one in zip(("dev", "local", "prod"), loaded, strict=True):
        assert load_project(project, environment).gateways == one.gateways


def test_each_environment_may_have_an_account_of_its_own(project: Project) -> None:
    write(project, a="gateway: a\ndescription: in ${account}\n", b="gateway: b\n", c="gateway: c\nonly: [prod]\n")
    definitions = read_definitions(project)
    first, second = (definitions.load("dev", account=account).gateways for account in ("one", "two"))
    assert [gateway.description for gateway in (*first, *second)] == ["in one", None, "in two", None]
    assert first[1] is second[1]
    assert [gateway.id for gateway in definitions.load("prod", account="one").gateways] == ["a", "b", "c"]


def test_overlays_of_the_defaults_change_every_gateway(project: Project) -> None:
    write(project, _defaults="environments: {prod: {protect: true}}\n", a="gateway: a\n")
    outcomes = load_environments(project, ("dev", "prod", "local"))
    protected = [outcome.gateways[0].protect for outcome in outcomes if isinstance(outcome, Loaded)]
    assert protected == [False, True, False]


def test_limits_of_the_account(project: Project) -> None:
    write(project, a="gateway: a\n")
    assert load_project(project, "dev").limits.gateways is None
    write(project, _defaults="limits: {gateways: 50}\n")
    assert load_project(project, "dev").limits.gateways == 50
    assert load_text("gateway: b\n", "dev", project=project).limits.gateways == 50


def test_limits_in_a_definition_are_told_where_they_belong(project: Project) -> None:
    write(project, b="gateway: b\nlimits: {gateways: 1}\n")
    (found,) = mistakes(project)
    assert found.hint == "an account's limits are told in gateways/_defaults.yaml"


def test_text_with_a_project_has_its_defaults(project: Project) -> None:
    write(project, _defaults="protect: true\n")
    loaded = load_text("gateway: a\n", "dev", project=project)
    assert loaded.gateways[0].protect
    assert not load_text("gateway: a\n", "dev").gateways[0].protect
    with pytest.raises(CfaigError, match="no environment"):
        load_text("gateway: a\n", "nowhere", project=project)


def test_unused_mistakes_in_defaults_are_told_once(project: Project) -> None:
    write(project, _defaults="rate_limit: {requests: 1}\n", a="gateway: a\n", b="gateway: b\n")
    (found,) = mistakes(project)
    assert (found.code, found.position.file.name) == ("AIG023", "_defaults.yaml")


def test_gateway_in_defaults(project: Project) -> None:
    write(project, _defaults="gateway: a\nonly: [dev]\n", a="gateway: a\n")
    assert [found.code for found in mistakes(project)] == ["AIG012", "AIG012"]


def test_the_same_bytes_for_the_same_input(project: Project) -> None:
    write(project, a="foo: 1\nbar: 2\ngateway: A\ncache: {x: 1, y: 2}\n")
    assert mistakes(project) == mistakes(project)


SAFETY = """\
safety: {refuse: [rename], max_deletes: 3}
environments:
  dev: {safety: {allow: [delete, "delete:route/support-${environment}/*"], refuse: null}, cache: {ttl: 1h}}
"""


def test_safety_is_told_for_each_environment(project: Project) -> None:
    write(project, b="gateway: b\n")
    assert load_project(project, "dev").safety == Safety()
    write(project, _defaults=SAFETY)
    dev = load_project(project, "dev")
    assert dev.safety == Safety(("delete", "delete:route/support-dev/*"), (), 3)
    assert dev.gateways[0].cache.ttl == 3600
    assert load_project(project, "prod").safety == Safety((), ("rename",), 3)
    assert load_text("gateway: b\n", "prod", project=project).safety == Safety((), ("rename",), 3)


@pytest.mark.parametrize(
    ("name", "text", "code", "line", "column"),
    [
        ("_defaults", "limits:\n  gateways: 0\n", "AIG022", 2, 13),
        ("_defaults", "limits: {gateways: many}\n", "AIG020", 1, 20),
        ("_defaults", "limits: {gateway: 1}\n", "AIG012", 1, 10),
        ("_defaults", "limits: null\n", "AIG020", 1, 9),
        ("_defaults", "environments: {dev: {limits: {gateways: 1}}}\n", "AIG012", 1, 22),
        ("b", "gateway: b\nlimits: {gateways: 1}\n", "AIG012", 2, 1),
        ("_defaults", "safety:\n  max_deletes: -1\n", "AIG022", 2, 16),
        ("_defaults", "safety: {allow: [update]}\n", "AIG024", 1, 18),
        ("_defaults", "safety: {refuse: ['delete:gatway/*']}\n", "AIG024", 1, 19),
        ("_defaults", "safety: {allow: ['disable:cache/b']}\n", "AIG024", 1, 18),
        ("_defaults", "safety: {allowed: []}\n", "AIG012", 1, 10),
        ("_defaults", "environments: {dev: {safety: {max_deletes: many}}}\n", "AIG020", 1, 44),
        ("b", "gateway: b\nsafety: {}\n", "AIG012", 2, 1),
        ("b", "gateway: b\nenvironments: {dev: {safety: {}}}\n", "AIG012", 2, 22),
        ("b", "gateway: b\nallow: [delete]\n", "AIG024", 2, 9),
    ],
)
def test_limits_and_safety_are_checked_and_only_in_defaults(
    project: Project, name: str, text: str, code: str, line: int, column: int
) -> None:
    write(project, **({"b": "gateway: b\n"} | {name: text}))
    with pytest.raises(DefinitionError) as raised:
        load_project(project, "dev")
    places = {(one.position.file.stem, one.position.line, one.position.column) for one in raised.value.diagnostics}
    assert places == {(name, line, column)}
    assert {one.code for one in raised.value.diagnostics} == {code}
