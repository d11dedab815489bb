"""A plan as JSON, for machines: `schemas/plan.schema.json` describes it."""

from __future__ import annotations

import json
from typing import Any, Final

from cfaig.reconcile.calls import CALLS_ALLOWED, WINDOW_SECONDS, CallForecast
from cfaig.reconcile.change import Action, Change, FieldChange, Plan, ResourceKey, Restriction
from cfaig.reconcile.words import describe

FORMAT: Final = 1


def render_json(plan: Plan) -> str:
    """The plan as a JSON text, ending with a newline; the same plan gives the same bytes."""
    return json.dumps(plan_document(plan), ensure_ascii=False, indent=2) + "\n"


def plan_document(plan: Plan) -> dict[str, Any]:
    """The plan as a JSON object; no secret is in it."""
    return {
        "format": FORMAT,
        "summary": {
            "create": plan.count(Action.CREATE),
            "change": plan.count(Action.UPDATE, Action.RENAME),
            "adopt": plan.count(Action.ADOPT),
            "delete": plan.count(Action.DELETE),
        },
        "changes": [_change(change) for change in plan.changes],
        "notes": list(plan.notes),
        "warnings": list(plan.warnings),
        "unmanaged": [_key(key) for key in plan.unmanaged],
        "restriction": _restriction(plan.restriction) if plan.restriction else None,
        "forecast": _forecast(plan.forecast) if plan.forecast else None,
    }


def _restriction(restriction: Restriction) -> dict[str, Any]:
    return {
        "targets": list(restriction.targets),
        "excludes": list(restriction.excludes),
        "left_out": restriction.left_out,
        "reasons": list(restriction.reasons),
        "resources": [_key(key) for key in sorted(restriction.keys, key=lambda key: key.address)],
    }


def _forecast(forecast: CallForecast) -> dict[str, Any]:
    return {
        "calls": forecast.calls,
        "read": forecast.read,
        "refresh": forecast.refresh,
        "write": forecast.write,
        "seconds": forecast.seconds,
        "limit": {"calls": CALLS_ALLOWED, "seconds": WINDOW_SECONDS},
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "action": change.action.value,
        **_key(change.key),
        "old_name": change.old_name,
        "words": list(describe(change)),
        "fields": [_field(field) for field in change.fields],
        "before": change.before,
        "after": change.after,
    }


def _key(key: ResourceKey) -> dict[str, str]:
    return {"address": key.address, "kind": key.kind.value, "gateway": key.gateway, "name": key.name}


def _field(field: FieldChange) -> dict[str, Any]:
    return {"path": list(field.path), "old": field.old, "new": field.new, "secret": field.secret}
