"""The edge of a gateway in the program: its Worker, and the host name that leads to it.

The official plugin puts the whole Worker at every change: code, rules and secrets, so all of them are always given.
Both are named by what they are called in the account, not by the gateway: a Worker or a host name that moves on to
another gateway stays the same resource. Two would be one that is made, and then another of the same name that is
deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from cfaig.deploy.resources import WorkersCustomDomain, WorkersScript
from cfaig.edge import COMPATIBILITY_DATE, MODULE_NAME, module_digest, worker_module
from cfaig.secrets import Resolver
from cfaig.state.edge_bindings import edge_bindings, secret_fingerprint
from cfaig.state.model import EdgeState


def declare_edge(
    edge: EdgeState, gateway: str, url: str, account: str, resolver: Resolver, opts: pulumi.ResourceOptions
) -> None:
    """Declare the Worker in front of `gateway`, whose address is `url`; `opts` are for both resources.

    Raises CfaigError when a secret is not there, or the rules do not fit into bindings.
    """
    script = WorkersScript(
        edge.worker,
        account_id=account,
        script_name=edge.worker,
        content=worker_module(),
        main_module=MODULE_NAME,
        compatibility_date=COMPATIBILITY_DATE,
        bindings=_bindings(edge, gateway, url, resolver),
        opts=opts,
    )
    if edge.hostname:
        WorkersCustomDomain(
            edge.hostname,
            account_id=account,
            hostname=edge.hostname,
            service=edge.worker,
            zone_id=edge.zone,
            opts=pulumi.ResourceOptions.merge(
                opts,
                pulumi.ResourceOptions(
                    depends_on=[script],
                    # In some versions the plugin's own update asks for an account with the id of the host name.
                    replace_on_changes=["hostname", "service", "zoneId"],
                    # An import knows what Cloudflare has filled in, and no definition says it.
                    ignore_changes=["environment", "zoneName", *([] if edge.zone else ["zoneId"])],
                    # Its id is that of the host name: deleted afterwards, the new one would go.
                    delete_before_replace=True,
                    protect=False,  # a protected one could not lead to another Worker
                ),
            ),
        )


def _bindings(edge: EdgeState, gateway: str, url: str, resolver: Resolver) -> list[Mapping[str, pulumi.Input[Any]]]:
    """The bindings in a fixed order; secrets last."""
    values = {
        name: resolver.value(reference, f"the binding {name} of the edge of gateway {gateway}")
        for name, reference in sorted(edge.references.items())
    }
    fingerprints = {
        name: secret_fingerprint(value, f"{gateway}/{edge.worker}/{name}") for name, value in values.items()
    }
    texts = edge_bindings(edge.rules, url, module_digest(), fingerprints)
    return [
        *({"name": name, "type": "json", "json": text} for name, text in texts.items()),
        *({"name": name, "type": "secret_text", "text": pulumi.Output.secret(text)} for name, text in values.items()),
    ]
