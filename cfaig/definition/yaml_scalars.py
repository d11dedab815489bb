"""Plain scalars, read as YAML 1.2 means them and people expect them.

`no`, `on`, `1:30`, `2024-01-01`, `010`, `1_000` and `.inf` are texts here; YAML 1.1 would make booleans, 90, a date,
8, 1000 and infinity of them. Where a number or a boolean is wanted, validation says so.
"""

from __future__ import annotations

import math
import re
from typing import Final

STRING: Final = "tag:yaml.org,2002:str"
NULL: Final = "tag:yaml.org,2002:null"
BOOLEAN: Final = "tag:yaml.org,2002:bool"
INTEGER: Final = "tag:yaml.org,2002:int"
FLOAT: Final = "tag:yaml.org,2002:float"
MERGE: Final = "tag:yaml.org,2002:merge"

_WORDS: Final = {
    "": NULL,
    "~": NULL,
    "null": NULL,
    "Null": NULL,
    "NULL": NULL,
    "true": BOOLEAN,
    "True": BOOLEAN,
    "TRUE": BOOLEAN,
    "false": BOOLEAN,
    "False": BOOLEAN,
    "FALSE": BOOLEAN,
    "<<": MERGE,
}
_MAYBE_NUMBER: Final = frozenset("0123456789+-.")
_NUMBER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?P<fraction>(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)", re.ASCII)
_MAX_NUMBER: Final = 40


def tag_of(text: str) -> str:
    """What a plain scalar is."""
    if text[:1] not in _MAYBE_NUMBER:
        return _WORDS.get(text, STRING)
    match = _NUMBER.fullmatch(text)
    # Longer ones, and those beyond a float, cannot be meant as numbers of anything here.
    if match is None or len(text) > _MAX_NUMBER or math.isinf(float(text)):
        return STRING
    return FLOAT if match["fraction"] else INTEGER


def scalar_value(tag: str, text: str) -> str | int | float | bool | None:
    """The value of a scalar with one of the tags above.

    Raises ValueError when an explicit tag does not fit its text (`!!int abc`).
    """
    if tag == STRING:
        return text
    if tag_of(text) != tag and not (tag == FLOAT and tag_of(text) == INTEGER):
        raise ValueError
    if tag == NULL:
        return None
    if tag == BOOLEAN:
        return text.lower() == "true"
    return int(text) if tag == INTEGER else float(text)
