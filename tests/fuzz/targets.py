"""All targets of the fuzzing, by their names."""

from __future__ import annotations

from typing import Final

from tests.fuzz import documents, local_api, texts
from tests.fuzz.model import Target

TARGETS: Final[dict[str, Target]] = {**texts.TARGETS, **documents.TARGETS, **local_api.TARGETS}
