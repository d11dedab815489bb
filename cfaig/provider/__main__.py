"""The executable `pulumi-resource-cfaig`: the engine starts it and reads the port from its first line."""

from __future__ import annotations

from cfaig.provider.protos import without_sdk
from cfaig.unneeded import leave_out


def main() -> None:
    """Serve until the engine says stop. The engine's arguments (its own address) are not needed."""
    without_sdk()
    leave_out()
    from cfaig.provider.cfaig_plugin import plugin
    from cfaig.provider.resources.access import Access
    from cfaig.provider.server import serve

    serve(plugin(Access()))


if __name__ == "__main__":
    main()
