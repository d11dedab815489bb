"""Writing a plan to stdout in the format that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cfaig.cli.console import emit, stdout_styled
from cfaig.cli.options import PlanFormat

if TYPE_CHECKING:
    from cfaig.reconcile.change import Plan
    from cfaig.reconcile.safety import Refusal


def show_plan(
    plan: Plan, plan_format: PlanFormat, *, environment: str, details: bool, refused: Sequence[Refusal]
) -> None:
    """The plan of an environment; `refused` are the safety limits' refusals to be told with it."""
    emit(plan_text(plan, plan_format, title=f"Plan for {environment}", details=details, refused=refused))


def plan_text(plan: Plan, plan_format: PlanFormat, *, title: str, details: bool, refused: Sequence[Refusal]) -> str:
    """The plan in one of the formats; pages have a title, and text has colours where a terminal shows them."""
    # Each format is loaded by itself, because a plan of one gateway takes little longer than loading them all.
    match plan_format:
        case PlanFormat.JSON:
            from cfaig.reconcile.render_json import render_json

            return render_json(plan)
        case PlanFormat.MARKDOWN:
            from cfaig.reconcile.render_markdown import render_markdown

            return render_markdown(plan, title=title, details=details, refused=refused)
        case PlanFormat.HTML:
            from cfaig.reconcile.render_html import render_html

            return render_html(plan, title=title, details=details, refused=refused)
        case PlanFormat.TEXT:
            from cfaig.reconcile.render_text import ANSI, PLAIN, render_text

            style = ANSI if stdout_styled() else PLAIN
            return render_text(plan, style=style, details=details, refused=refused)
