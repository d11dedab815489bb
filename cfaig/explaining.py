"""What `cfaig explain` says about the codes of diagnostics."""

from __future__ import annotations

from collections.abc import Mapping

from cfaig.checks.codes import EXPLANATIONS as CHECK_EXPLANATIONS
from cfaig.definition.codes import EXPLANATIONS as DEFINITION_EXPLANATIONS
from cfaig.definition.codes import Explanation
from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError
from cfaig.scenarios.codes import EXPLANATIONS as SCENARIO_EXPLANATIONS


def explanations() -> Mapping[str, Explanation]:
    """All codes, in order."""
    return dict(sorted({**DEFINITION_EXPLANATIONS, **CHECK_EXPLANATIONS, **SCENARIO_EXPLANATIONS}.items()))


def list_text() -> str:
    """Each code with its title, a line each."""
    return "\n".join(f"{code}  {explanation.title}" for code, explanation in explanations().items())


def explanation_text(code: str) -> str:
    """Everything about one code.

    Raises CfaigError for a code that there is not.
    """
    known = explanations()
    found = known.get(code.upper())
    if found is None:
        raise CfaigError(
            f"there is no code {code}", f"{did_you_mean(code.upper(), tuple(known))}cfaig explain lists all codes"
        )
    blocks = [f"{code.upper()}: {found.title}", found.text]
    for title, example in (("wrong:", found.bad), ("right:", found.good)):
        if example:
            blocks.append(title + "\n" + "\n".join(f"  {line}".rstrip() for line in example.splitlines()))
    return "\n\n".join(blocks)
