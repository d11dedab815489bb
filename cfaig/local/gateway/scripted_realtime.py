"""A realtime provider without a network: it opens a session, answers what is asked, and echoes the rest."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

_END: Final = ""


class ScriptedRealtime:
    """One connection to a scripted provider; OpenAI's speaks enough of the Realtime API to hold a text conversation."""

    def __init__(self, slug: str, url: str) -> None:
        self._slug = slug
        self._url = url
        self._said = ""
        self._out: asyncio.Queue[str] = asyncio.Queue()
        if slug == "openai":
            self._tell(type="session.created", session={"object": "realtime.session", "id": "sess_scripted"})

    subprotocol: str | None = None

    async def send(self, message: str | bytes) -> None:
        """Take a message of the client."""
        try:
            read: Any = json.loads(message)
        except (ValueError, RecursionError):
            read = None
        if self._slug == "openai" and isinstance(read, dict):
            self._openai(read)
        else:
            shown = message if isinstance(message, str) else f"{len(message)} bytes"
            self._tell(type="scripted.echo", provider=self._slug, received=shown if read is None else read)

    async def close(self, code: int = 1000, reason: str = "") -> None:  # noqa: ARG002 (the real one's signature)
        """End the connection."""
        self._out.put_nowait(_END)

    async def __aiter__(self) -> AsyncIterator[str | bytes]:
        while (text := await self._out.get()) != _END:
            yield text

    def _tell(self, **event: Any) -> None:
        self._out.put_nowait(json.dumps(event))

    def _openai(self, event: dict[str, Any]) -> None:
        if event.get("type") == "session.update":
            self._tell(type="session.updated", session=event.get("session"))
        elif event.get("type") == "conversation.item.create":
            self._said = " ".join(_texts(event.get("item"))) or self._said
            self._tell(type="conversation.item.created", item=event.get("item"))
        elif event.get("type") == "response.create":
            self._respond()

    def _respond(self) -> None:
        response = {"object": "realtime.response", "id": "resp_scripted"}
        self._tell(type="response.created", response=response | {"status": "in_progress"})
        words = f"scripted {self._slug}: {self._said or 'hello'}".split(" ")
        for number, word in enumerate(words):
            delta = word if number == 0 else f" {word}"
            self._tell(type="response.output_text.delta", response_id=response["id"], delta=delta)
        self._tell(type="response.output_text.done", response_id=response["id"], text=" ".join(words))
        self._tell(type="response.done", response=response | {"status": "completed"})


def _texts(item: Any) -> Iterator[str]:
    content = item.get("content") if isinstance(item, dict) else None
    for part in content if isinstance(content, list) else ():
        if isinstance(part, dict) and isinstance(part.get("text"), str):
            yield part["text"]
