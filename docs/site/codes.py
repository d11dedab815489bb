"""The page of all diagnostics, as `cfaig explain` tells them."""

from __future__ import annotations

from typing import Final

from cfaig.explaining import explanations

_HEAD: Final = """\
# Codes of diagnostics

Every mistake that `cfaig validate` and `cfaig test` find has a code. `cfaig explain AIG012` tells the same as
this page, which is made from it.
"""


def codes_page() -> str:
    """One section for each code, in order."""
    blocks = [_HEAD]
    for code, found in explanations().items():
        blocks.append(f"## {code}\n\n**{found.title}.** {found.text}\n")
        for title, example in (("Wrong", found.bad), ("Right", found.good)):
            if example:
                blocks.append(f"{title}:\n\n```yaml\n{example.rstrip()}\n```\n")
    return "\n".join(blocks)
