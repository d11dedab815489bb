"""A page of HTML that loads nothing and runs nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape


def html_page(title: str, parts: Iterable[str], style: str) -> str:
    """The page with these parts of HTML, ending with a newline.

    Its policy forbids scripts, forms and everything from elsewhere; the one style allowed is `style`. `title` is text.
    """
    digest = b64encode(sha256(style.encode()).digest()).decode()
    rules = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{rules}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style>",
            "<main>",
            *parts,
            "</main>",
            "</html>\n",
        )
    )
