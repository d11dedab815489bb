"""The configuration of a stack, for `pulumi://` references: in the program, and through the engine outside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from cfaig.errors import CfaigError

if TYPE_CHECKING:
    from cfaig.deploy.engine import Engine


def from_program(name: str) -> str:
    """The value, inside a running Pulumi program.

    Raises CfaigError when the stack has none of that name.
    """
    import pulumi

    namespace, _, key = name.rpartition(":")
    value = pulumi.Config(namespace or None).get(key)
    if value is None:
        raise _absent(name, pulumi.get_stack())
    return value


def through(engine: Callable[[], Engine]) -> Callable[[str], str]:
    """What gives values as the engine opens them; `engine` is called, and all are read, when the first one is wanted.

    A plan without `pulumi://` references needs no engine, and one with fifty of them asks it once.
    """
    known: dict[str, str] = {}
    opened: list[Engine] = []

    def value_of(name: str) -> str:
        if not opened:
            opened.append(engine())
            known.update(_read(opened[0]))
        if name not in known:
            raise _absent(name, opened[0].environment)
        return known[name]

    return value_of


def _read(engine: Engine) -> Mapping[str, str]:
    from pulumi.automation import CommandError

    from cfaig.deploy.checkpoint import project_name

    arguments = ["config", "--show-secrets", "--json", "--stack", engine.environment]
    try:
        told: dict[str, dict[str, Any]] = json.loads(
            engine.command.run(arguments, str(engine.project.root), engine.environ).stdout
        )
    except CommandError as error:
        reasons = [line for line in str(error).splitlines() if line.strip().startswith("error:")]
        reason = reasons[0].strip().removeprefix("error: ") if reasons else "the engine does not say why"
        raise CfaigError(
            f"the configuration of stack {engine.environment} cannot be opened: {reason}",
            "log in where the stack is kept, and set PULUMI_CONFIG_PASSPHRASE where a passphrase protects it",
        ) from None
    prefix = f"{project_name(engine.project)}:"
    values = {name: str(entry["value"]) for name, entry in told.items() if "value" in entry}
    return values | {name.removeprefix(prefix): value for name, value in values.items()}


def _absent(name: str, stack: str) -> CfaigError:
    return CfaigError(
        f"the configuration of stack {stack} has no {name}", f"pulumi config set --secret {name} --stack {stack}"
    )
