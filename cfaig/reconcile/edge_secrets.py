"""Which secrets of an edge are other ones than those that its Worker has. Cloudflare does not give them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cfaig.json_types import JsonObject
from cfaig.reconcile.change import HIDDEN, FieldChange, ResourceKey
from cfaig.reconcile.edges import SECRETS
from cfaig.state.edge_bindings import secret_fingerprint


@dataclass(frozen=True, slots=True)
class EdgeSecrets:
    """Both sides' secrets by edge and binding: where the desired ones come from, and by what live ones are known."""

    references: Mapping[ResourceKey, Mapping[str, str]]
    fingerprints: Mapping[ResourceKey, Mapping[str, str]]

    def of(self, key: ResourceKey) -> tuple[str, ...]:
        """The references of an edge."""
        return tuple(self.references.get(key, {}).values())

    def changed(
        self, key: ResourceKey, live: JsonObject, value_of: Callable[[str], str | None]
    ) -> Iterator[FieldChange]:
        """The secrets that are on both sides, and not known to be the same.

        One whose value this machine has not counts as unchanged.
        """
        there = live.get(SECRETS)
        known = self.fingerprints.get(key, {})
        for name, reference in sorted(self.references.get(key, {}).items()):
            value = value_of(reference)
            if value is None or not isinstance(there, Mapping) or name not in there:
                continue
            if known.get(name) != secret_fingerprint(value, f"{key.gateway}/{key.name}/{name}"):
                yield FieldChange((SECRETS, name), HIDDEN, HIDDEN, secret=True)
