"""OpenTofu with a Cloudflare provider, the peer of `cfaig plan`: what this machine has; nothing is installed here."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.place import Place, accounts_place, plain_environ, temporary_folder
from bench.process import Done, run
from cfaig.definition.load import load_project
from cfaig.deploy.names import to_inputs
from cfaig.json_types import Json
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.state.compile import compile_account
from cfaig.state.model import GatewayState

COMMAND: Final = "TOFU"
PROVIDER: Final = "TOFU_CLOUDFLARE_PROVIDER"
# As providers are released, and as `tofu init` leaves them below .terraform/providers.
PROVIDER_FILE: Final = re.compile(r"terraform-provider-cloudflare_v(?P<version>\d+\.\d+\.\d+)")
# The host counts for nothing, since the provider comes from a folder: a name that cannot lead anywhere else.
SOURCE: Final = "bench.example/cloudflare/cloudflare"
CLI_CONFIG: Final = "tofu.rc"
# Inputs of Pulumi's resource that are not the provider's attribute in camel case.
RENAMED: Final = {"checks": "check", "otels": "otel"}


class MissingError(Exception):
    """OpenTofu or its provider is not here; tells which, and where it is looked for."""


@dataclass(frozen=True, slots=True)
class OpenTofu:
    """The command, its version, and a folder from which `tofu init` takes a provider of `provider_version`."""

    command: str
    version: str
    provider_version: str
    mirror: Path

    def told(self, place: Place) -> str:
        """What it is, and how many types of resources its provider has; in a place where it has been initialised."""
        schemas = json.loads(self.run(place, "providers", "schema", "-json").output)["provider_schemas"]
        (types,) = (len(schema["resource_schemas"]) for schema in schemas.values())
        kinds = "one type of resource" if types == 1 else f"{types} types of resources"
        return f"OpenTofu {self.version}; its Cloudflare provider {self.provider_version} has {kinds}"

    def run(self, place: Place, *arguments: str, codes: Sequence[int] = (0,)) -> Done:
        """Run it in the project, as a pipeline does."""
        ours = {
            "CLOUDFLARE_API_TOKEN": place.server.token,
            "CLOUDFLARE_BASE_URL": place.server.url,
            "TF_CLI_CONFIG_FILE": str(place.root / CLI_CONFIG),
            "TF_IN_AUTOMATION": "1",
        }
        return run([self.command, *arguments], cwd=place.root, env={**_environ(), **ours}, codes=codes)

    @contextmanager
    def place(self, definitions: Project) -> Iterator[Place]:
        """An initialised project with the gateways of these definitions, one file each, and a local Cloudflare."""
        state = compile_account(load_project(definitions, LOCAL_ENVIRONMENT).gateways)
        with accounts_place() as place:
            root = place.root
            mirror = f"filesystem_mirror {{ path = {json.dumps(str(self.mirror))} }}"
            (root / CLI_CONFIG).write_text(f"provider_installation {{\n  {mirror}\n}}\n")
            (root / "versions.tf").write_text(_versions(self.provider_version))
            for gateway in state.gateways:
                (root / f"{gateway.id}.tf").write_text(resource(gateway, place.server.account))
            self.run(place, "init", "-input=false")
            yield place


@contextmanager
def found() -> Iterator[OpenTofu]:
    """OpenTofu as PATH has it, or $TOFU names it, with the provider that $TOFU_CLOUDFLARE_PROVIDER names.

    Raises MissingError when one of them is not there.
    """
    program = shutil.which(os.environ.get(COMMAND) or "tofu")
    if program is None:
        raise MissingError(f"no tofu on PATH, and {COMMAND} names no program")
    provider = Path(os.environ.get(PROVIDER) or "/dev/null")
    name = PROVIDER_FILE.match(provider.name)
    if name is None or not provider.is_file():
        raise MissingError(f"{PROVIDER} names no file terraform-provider-cloudflare_v1.2.3")
    command = str(Path(program).absolute())
    with temporary_folder() as folder:
        said = json.loads(run([command, "version", "-json"], cwd=folder, env=_environ()).output)
        unpacked = folder / SOURCE / name["version"] / said["platform"]
        unpacked.mkdir(parents=True)
        shutil.copy(provider, unpacked)
        yield OpenTofu(command, said["terraform_version"], name["version"], folder)


def _environ() -> dict[str, str]:
    """The environment without what could lead OpenTofu to other settings, folders or accounts."""
    return {name: value for name, value in plain_environ().items() if not name.startswith("TF_")}


def _versions(version: str) -> str:
    wanted = f"{{ source = {json.dumps(SOURCE)}, version = {json.dumps(version)} }}"
    return f'terraform {{\n  required_providers {{\n    cloudflare = {wanted}\n  }}\n}}\n\nprovider "cloudflare" {{}}\n'


def resource(gateway: GatewayState, account: str) -> str:
    """All settings of a gateway: what is left out would be asked for again after every refresh."""
    given: dict[str, Json] = {"id": gateway.id, "account_id": account, **to_inputs(gateway.settings)}
    # A value in JSON is one in HCL as well; nothing here has the `${` of a template.
    lines = [f"  {_name(name)} = {json.dumps(_named(value))}" for name, value in given.items() if value != []]
    return "\n".join((f'resource "cloudflare_ai_gateway" "{gateway.id}" {{', *lines, "}", ""))


def _named(value: Json) -> Json:
    """The value with the attribute names of the provider."""
    if isinstance(value, dict):
        return {_name(name): _named(each) for name, each in value.items()}
    return [_named(each) for each in value] if isinstance(value, list) else value


def _name(given: str) -> str:
    return RENAMED.get(given) or re.sub("(?=[A-Z])", "_", given).lower()
