"""Server-sent events out of a stream of bytes."""

from __future__ import annotations

import codecs
from collections.abc import AsyncIterator


async def events(chunks: AsyncIterator[bytes]) -> AsyncIterator[str]:
    """The data of each event, as soon as the event is complete; comments, names and ids are left out.

    Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
    """
    decoder, rest = codecs.getincrementaldecoder("utf-8")("replace"), ""
    data: list[str] = []
    async for chunk in chunks:
        # A lone CR at the end may be half of a CRLF, so it waits for what follows.
        text = rest + decoder.decode(chunk)
        held = "\r" if text.endswith("\r") else ""
        *lines, rest = text.removesuffix(held).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        rest += held
        for line in lines:
            if not line and data:
                yield "\n".join(data)
                data = []
            elif line.startswith("data:"):
                data.append(line[5:].removeprefix(" "))
    if data:
        yield "\n".join(data)
