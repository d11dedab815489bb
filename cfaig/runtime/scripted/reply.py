"""What a scripted provider has to say, before it is put into a format."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass

from cfaig.runtime.model import Usage
from cfaig.runtime.scripted.asked import Asked
from cfaig.runtime.scripted.rules import Finish, Rule, Tokens, ToolCall

_CHARACTERS_A_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    `number` counts the calls of this upstream, `created` is Unix seconds, `told` the tokens that the script tells.
    The same calls in the same order get the same replies.
    """

    slug: str
    model: str
    number: int
    created: int
    asked: Asked
    text: str
    tool: ToolCall | None
    finish: Finish
    usage: Usage
    told: Tokens

    @property
    def pieces(self) -> list[str]:
        """The text as a stream brings it: word by word."""
        return re.findall(r"\S+\s*|\s+", self.text)

    @property
    def arguments(self) -> str:
        """The arguments of the tool call, as JSON text."""
        return "" if self.tool is None else json.dumps(self.tool.arguments, separators=(",", ":"), ensure_ascii=False)


def reply_to(rule: Rule, slug: str, model: str, asked: Asked, *, number: int, created: int) -> Reply:
    """What a rule makes of a call. Without a text the answer tells who answers, and what was asked."""
    text = rule.text
    if text is None:
        text = "" if rule.tool else f"[{slug} {model}] {asked.question}".rstrip()
    finish = rule.finish or (Finish.TOOL_CALLS if rule.tool else Finish.STOP)
    return Reply(slug, model, number, created, asked, text, rule.tool, finish, _usage(rule, text, asked), rule.tokens)


def _usage(rule: Rule, text: str, asked: Asked) -> Usage:
    told = rule.tokens
    tokens_in, tokens_out = told.tokens_in, told.tokens_out
    if tokens_in is None:
        tokens_in = _estimate(asked.prompt) + told.cache_read + told.cache_write
    if tokens_out is None:
        said = text if rule.tool is None else text + rule.tool.name + json.dumps(rule.tool.arguments)
        tokens_out = _estimate(said) + told.reasoning
    return Usage(tokens_in, tokens_out, told.cache_read, told.cache_write, told.reasoning)


def _estimate(text: str) -> int:
    return math.ceil(len(text) / _CHARACTERS_A_TOKEN)
