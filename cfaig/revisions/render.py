"""Differences between definitions, in the words and formats of plans."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from cfaig.html_page import html_page
from cfaig.printable import printable
from cfaig.reconcile.html_style import STYLE
from cfaig.reconcile.markdown import LIMIT
from cfaig.reconcile.render_html import plan_body
from cfaig.reconcile.render_json import plan_document
from cfaig.reconcile.render_markdown import render_markdown
from cfaig.reconcile.render_text import PLAIN, Style, render_text
from cfaig.revisions.compare import Difference
from cfaig.revisions.git import Commit

FORMAT: Final = 1
WORK_TREE: Final = "the work tree"
SAME: Final = "No differences: the definitions ask for the same."
_ONLY_NOTES: Final = "No differences in what Cloudflare holds."


def name_of(commit: Commit | None) -> str:
    """What people call a side; None is the work tree."""
    return WORK_TREE if commit is None else commit.ref


def text(differences: Sequence[Difference], *, style: Style = PLAIN, details: bool = False) -> str:
    """For a terminal: each set of environments above what changes in them."""
    return "\n".join(
        f"{style.paint(_environments(one), style.bold)}\n\n"
        + render_text(one.plan, style=style, details=details, refused=one.refused, nothing=_nothing(one))
        for one in differences
    )


def markdown(differences: Sequence[Difference], between: str, *, details: bool = False) -> str:
    """For a comment; all of it together is no longer than one may be."""
    share = LIMIT // max(len(differences), 1) - 1
    return "\n".join(
        render_markdown(
            one.plan,
            title=f"{between}: {_environments(one)}",
            details=details,
            refused=one.refused,
            nothing=_nothing(one),
            limit=share,
        )
        for one in differences
    )


def html(differences: Sequence[Difference], between: str, *, details: bool = False) -> str:
    """A page."""
    return html_page(
        printable(between),
        (
            plan_body(
                one.plan,
                title=f"{between}: {_environments(one)}",
                details=details,
                refused=one.refused,
                nothing=_nothing(one),
            )
            for one in differences
        ),
        STYLE,
    )


def document(differences: Sequence[Difference], old: Commit, new: Commit | None) -> str:
    """For machines, as `schemas/diff.schema.json` describes it."""
    told = {
        "format": FORMAT,
        "from": _side(old),
        "to": _side(new),
        "differences": [
            {
                "environments": list(one.environments),
                "plan": plan_document(one.plan),
                "refused": [refusal.name for refusal in one.refused],
            }
            for one in differences
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _side(commit: Commit | None) -> dict[str, Any] | None:
    return None if commit is None else {"ref": commit.ref, "commit": commit.hash}


def _nothing(difference: Difference) -> str:
    return SAME if difference.empty else _ONLY_NOTES


def _environments(difference: Difference) -> str:
    names = difference.environments
    return f"environment{'' if len(names) == 1 else 's'} {', '.join(names)}"
