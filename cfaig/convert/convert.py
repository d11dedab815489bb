"""From the text of a foreign configuration to a definition and a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from cfaig.convert.deck import convert_deck, is_deck
from cfaig.convert.draft import MAX_ID, Draft
from cfaig.convert.formats import NAMES, Format
from cfaig.convert.litellm import convert_litellm, is_litellm
from cfaig.convert.portkey import convert_portkey, is_portkey
from cfaig.convert.rules import convert_rules, is_rules
from cfaig.convert.source import Fate, Note, Source, read_source
from cfaig.convert.vendors import as_slug
from cfaig.definition.model import Gateway
from cfaig.definition.nodes import plain
from cfaig.definition.write import write_gateway
from cfaig.errors import CfaigError
from cfaig.formatting.formatting import format_text

_Way: TypeAlias = tuple[Callable[[dict[str, Any]], bool], Callable[[Source, Draft], None]]
_WAYS: Final[Mapping[Format, _Way]] = {
    Format.LITELLM: (is_litellm, convert_litellm),
    Format.RULES: (is_rules, convert_rules),
    Format.DECK: (is_deck, convert_deck),
    Format.PORTKEY: (is_portkey, convert_portkey),
}


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came of a source: the definition, as text and resolved, and a note for all that is not simply in it."""

    format: Format
    gateway: Gateway
    text: str
    notes: tuple[Note, ...]

    @property
    def lossless(self) -> bool:
        """Whether everything that means something is carried over, in some form."""
        return all(note.fate is not Fate.DROPPED for note in self.notes)


def convert(data: bytes, shown: Path, gateway: str | None = None, wanted: Format | None = None) -> Conversion:
    """The definition that says what `data` says, as far as Cloudflare can do it.

    `gateway` is the id that the definition gets; without one it is that which the source names, or the file's name.
    Without a `wanted` format it is recognised. Raises DefinitionError for what cannot be read, CfaigError for what is
    none of the formats.
    """
    source = read_source(data, shown)
    found = wanted or _recognised(plain(source.root.node), shown)
    draft = Draft(gateway or as_slug(shown.stem)[:MAX_ID], fixed=gateway is not None)
    _WAYS[found][1](source, draft)
    source.tell_the_rest()
    made = draft.gateway()
    text = format_text(write_gateway(made), Path(f"{made.id}.yaml"), "definition")
    notes = sorted(source.notes, key=lambda note: (note.position, [str(key) for key in note.path], note.fate))
    return Conversion(found, made, text, tuple(dict.fromkeys(notes)))


def _recognised(data: dict[str, Any], shown: Path) -> Format:
    for found, (looks_like, _) in _WAYS.items():
        if looks_like(data):
            return found
    listed = ", ".join(f"{one.value} ({NAMES[one]})" for one in Format)
    raise CfaigError(f"{shown} looks like none of the configurations that cfaig knows", f"say --from: {listed}")
