"""Taking secrets out of what people and models wrote to each other, and of what clients told about themselves.

A body is anything: JSON, a stream of events, a form. So fields are known by their names where it is JSON, and
everything else by its looks. Better too much hidden than a key shown.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

_NAMES: Final = re.compile(
    r"(?:proxy-?)?(?:cf-aig-)?authorization|cookie|set-cookie|.*pass(?:word|wd|phrase).*|.*secret.*|.*credential.*"
    r"|(?:.*[_-])?(?:api|access|auth|private|signing|encryption|subscription|account|client)[_-]?keys?"
    r"|(?:.*[_-])?(?:access|auth|refresh|id|session|bearer|api|csrf)[_-]?token|jwt|connection_?string",
    re.IGNORECASE,
)
# Names of much else, too: a piece of an answer, the key of an entry.
_VAGUE_NAMES: Final = re.compile(r"(?:.*[_-])?(?:token|key)", re.IGNORECASE)
_LONGEST_NAME: Final = 100
_LIKE_A_KEY: Final = re.compile(r"(?=.*[0-9])[!-~]{16,}")
_B: Final = r"(?<![A-Za-z0-9_-])"
# `api key: …`, `"password": "…"`, `the token is …`; a plain word after `is` is no secret.
_SAID: Final = (
    r"(?:(?:api|access|secret)[ _-]?key|client[ _-]?secret|secret|token|password|passwd|passphrase)"
    r"[\"'\\]{0,4}\s*(?:[=:]|\bis\b(?=\s*\S*[0-9]))\s*[\"'\\]{0,4}"
)
_SOME: Final = r"(?!\[redacted)[^\s\"'\\,;&<>{}\[\]()]{6,}"
# What a secret is, and how it looks; the group `kept` stays. The first that fits counts.
_LOOKS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern, flags))
    for name, pattern, flags in (
        ("private key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL),
        ("JWT", _B + r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?", 0),
        ("credentials", r"(?P<kept>\b(?:Bearer|Basic)\s+)(?=\S*[0-9=])[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE),
        ("password", r"(?P<kept>\b[a-z][a-z0-9+.-]{0,30}://[^\s/:@\"']{0,200}:)[^\s/@\"']{1,200}(?=@)", re.IGNORECASE),
        ("API key", _B + r"(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}", 0),
        ("API key", _B + r"(?:sk|pk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,}", 0),
        ("API key", _B + r"(?:gsk|xai|hf|pplx|r8|fw|nvapi|csk|tgp_v1|glpat|dop_v1|npm|pypi)[_-][A-Za-z0-9_-]{16,}", 0),
        ("API key", _B + r"AIza[A-Za-z0-9_-]{30,}", 0),
        ("GitHub token", _B + r"(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})", 0),
        ("Slack token", _B + r"xox[a-z]-[A-Za-z0-9-]{10,}", 0),
        ("Cloudflare token", _B + r"(?:cfut|cfat|cfk|v1\.0)[_-][A-Za-z0-9_-]{20,}", 0),
        ("AWS key", _B + r"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])", 0),
        ("Vault token", _B + r"hv[sbr]\.[A-Za-z0-9_-]{20,}", 0),
        ("secret", rf"(?P<kept>{_SAID}){_SOME}", re.IGNORECASE),
        ("secret", r"(?P<kept>[?&](?:key|sig|signature|code)=)(?!\[redacted)[^\s\"'&#]{6,}", re.IGNORECASE),
    )
)


class Redactor:
    """Takes secrets out, and counts them by what they are."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()

    def text(self, text: str) -> str:
        """A text without what looks like a secret; inside JSON also without the fields that are named like one."""
        if text.lstrip()[:1] in {"{", "["}:
            return self._document(text)
        if text.startswith(("data:", "event:", "id:", ":")):
            return "\n".join(self._line(line) for line in text.split("\n"))
        return self._looks(text)

    def value(self, value: Any) -> Any:
        """The same for a value of JSON, with all that is in it."""
        if isinstance(value, Mapping):
            return {self._looks(str(name)): self._field(str(name), each) for name, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(each) for each in value]
        return self.text(value) if isinstance(value, str) else value

    def told(self) -> str:
        """What was taken out, for people; empty when nothing was."""
        return ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for name, count in sorted(self.found.items()))

    def _document(self, text: str) -> str:
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            return self._looks(text)
        before = self.found.total()
        cleaned = self.value(document)
        return text if self.found.total() == before else json.dumps(cleaned, ensure_ascii=False)

    def _line(self, line: str) -> str:
        """One line of a stream of events."""
        start = line.find("{") if line.startswith("data:") else -1
        return self._looks(line) if start < 0 else line[:start] + self._document(line[start:])

    def _field(self, name: str, value: Any) -> Any:
        short = name[-_LONGEST_NAME:]
        telling = _NAMES.fullmatch(short) or (_VAGUE_NAMES.fullmatch(short) and _LIKE_A_KEY.fullmatch(str(value)))
        if telling and _is_simple(value) and not str(value).startswith("[redacted"):
            self.found[short.lower()] += 1
            return f"[redacted: {short.lower()}]"
        return self.value(value)

    def _looks(self, text: str) -> str:
        for name, pattern in _LOOKS:
            text = pattern.sub(partial(self._replaced, name), text)
        return text

    def _replaced(self, name: str, found: re.Match[str]) -> str:
        self.found[name] += 1
        return f"{found.groupdict().get('kept') or ''}[redacted: {name}]"


def _is_simple(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != ""
