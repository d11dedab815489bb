"""A plan back from its JSON document, so that it can be rendered again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cfaig.reconcile.calls import CallForecast
from cfaig.reconcile.change import Action, Change, FieldChange, Kind, Plan, ResourceKey, Restriction


def plan_of(document: Mapping[str, Any]) -> Plan:
    """The plan that `render_json.plan_document` gave `document` for; the document has to be valid."""
    return Plan(
        changes=tuple(_change(change) for change in document["changes"]),
        notes=tuple(document["notes"]),
        warnings=tuple(document["warnings"]),
        unmanaged=tuple(_key(key) for key in document["unmanaged"]),
        restriction=_restriction(told) if (told := document.get("restriction")) else None,
        forecast=_forecast(told) if (told := document.get("forecast")) else None,
    )


def _restriction(document: Mapping[str, Any]) -> Restriction:
    return Restriction(
        targets=tuple(document["targets"]),
        excludes=tuple(document["excludes"]),
        keys=frozenset(_key(key) for key in document["resources"]),
        left_out=document["left_out"],
        reasons=tuple(document["reasons"]),
    )


def _forecast(document: Mapping[str, Any]) -> CallForecast:
    return CallForecast(document["read"], document["refresh"], document["write"])


def _change(document: Mapping[str, Any]) -> Change:
    return Change(
        Action(document["action"]),
        _key(document),
        before=document["before"],
        after=document["after"],
        fields=tuple(_field(field) for field in document["fields"]),
        old_name=document["old_name"],
    )


def _key(document: Mapping[str, Any]) -> ResourceKey:
    return ResourceKey(Kind(document["kind"]), document["gateway"], document["name"])


def _field(document: Mapping[str, Any]) -> FieldChange:
    return FieldChange(tuple(document["path"]), document["old"], document["new"], document["secret"])
