"""Laying settings over settings: JSON Merge Patch (RFC 7396) on nodes, so that places are kept."""

from __future__ import annotations

from cfaig.definition.nodes import Node


def merge_patch(target: Node | None, patch: Node) -> Node:
    """`patch` laid over `target`: mappings are merged, anything else is replaced, null removes.

    Each part keeps the place where it was written; a merged mapping is where the patch has it.
    """
    if not isinstance(patch.value, dict):
        return patch
    under = target if target is not None and isinstance(target.value, dict) else None
    values: dict[str, Node] = dict(under.value) if under else {}
    keys = dict(under.keys or {}) if under else {}
    patch_keys = patch.keys or {}
    for name, part in patch.value.items():
        if part.value is None:
            values.pop(name, None)
            keys.pop(name, None)
        else:
            values[name] = merge_patch(values.get(name), part)
            keys[name] = patch_keys[name]
    return Node(values, patch.file, patch.start, patch.end, keys)
