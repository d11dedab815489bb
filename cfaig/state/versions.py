"""The versions and deployments of a live route: which graph answered when, and what can be brought back."""

from __future__ import annotations

from dataclasses import dataclass

from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject


@dataclass(frozen=True, slots=True)
class RouteVersion:
    """One graph that a route has, or had.

    `number` counts from 1, the oldest; Cloudflare knows versions by `id` alone. `created_at` is RFC 3339. An invalid
    one cannot be deployed.
    """

    number: int
    id: str
    created_at: str
    elements: tuple[JsonObject, ...]
    valid: bool = True


@dataclass(frozen=True, slots=True)
class Deployment:
    """A version became the one that answers, at `created_at` (RFC 3339)."""

    id: str
    version_id: str
    created_at: str


@dataclass(frozen=True, slots=True)
class LiveRoute:
    """A route with the version that is deployed, out of `versions`; `deployed_at` is RFC 3339."""

    gateway: str
    name: str
    id: str
    version: RouteVersion
    versions: int
    deployed_at: str

    @property
    def address(self) -> str:
        """How people call it: `support/chat`."""
        return f"{self.gateway}/{self.name}"


@dataclass(frozen=True, slots=True)
class RouteHistory:
    """All versions and all deployments of a route, each the oldest first."""

    route: LiveRoute
    versions: tuple[RouteVersion, ...]
    deployments: tuple[Deployment, ...]

    def deployments_of(self, version: RouteVersion) -> tuple[Deployment, ...]:
        """When the version was deployed; nothing for a draft."""
        return tuple(deployment for deployment in self.deployments if deployment.version_id == version.id)

    def previous(self) -> RouteVersion:
        """The version that was deployed last before the present one.

        Raises CfaigError when no other version has ever been deployed.
        """
        by_id = {version.id: version for version in self.versions}
        for deployment in reversed(self.deployments):
            version = by_id.get(deployment.version_id)
            if version is not None and version.id != self.route.version.id:
                return version
        raise CfaigError(
            f"no version of {self.route.address} but the present one has ever been deployed",
            f"name the version to deploy with --to:\n{self._listing()}",
        )

    def find(self, wanted: str) -> RouteVersion:
        """The version with this number, id, or beginning of an id.

        Raises CfaigError with the list of versions when there is none, or when several ids begin so.
        """
        exact = [version for version in self.versions if wanted in (version.id, str(version.number))]
        found = exact or [version for version in self.versions if version.id.startswith(wanted) and len(wanted) > 3]
        if len(found) == 1:
            return found[0]
        message = f"several versions of {self.route.address} begin with {wanted}"
        if not found:
            message = f"{self.route.address} has no version {wanted}"
        raise CfaigError(message, f"take one of these, by number or id:\n{self._listing()}")

    def _listing(self) -> str:
        return "\n".join(
            f"{version.number}  {version.id}  {version.created_at}{self._remark(version)}"
            for version in reversed(self.versions)
        )

    def _remark(self, version: RouteVersion) -> str:
        if version.id == self.route.version.id:
            return "  deployed"
        return "" if version.valid else "  not valid"
