"""The pages of the reference, from what the program itself goes by: schemas, commands, codes."""

from __future__ import annotations

from docs.site.codes import codes_page
from docs.site.commands import commands_page
from docs.site.schemas import schema_pages


def reference_pages() -> dict[str, str]:
    """Text of each page by its path in the documentation."""
    pages = {"commands.md": commands_page(), "codes.md": codes_page(), **schema_pages()}
    return {f"reference/{name}": text for name, text in pages.items()}
