"""Who may talk to a server on loopback at all: programs of this machine and pages of it, and no page of another site.

A browser runs what any site sends, on the same machine as the server. Three ways lead from there to here, and each has
its guard: a name of the site's own that resolves to 127.0.0.1 (DNS rebinding: the Host header tells), a script, form or
WebSocket (Origin tells: https://fetch.spec.whatwg.org/#origin-header), and what is loaded without one, such as an
image (Sec-Fetch-Site tells: https://www.w3.org/TR/fetch-metadata/). Programs send no Origin and no Sec-Fetch-Site.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers

_OWN_NAMES: Final = r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?"
_OWN_HOST: Final = re.compile(_OWN_NAMES, re.IGNORECASE)
_OWN_ORIGIN: Final = re.compile(rf"https?://{_OWN_NAMES}", re.IGNORECASE)
SAFE_METHODS: Final = frozenset({"GET", "HEAD"})

FOREIGN_HOST: Final = "This server answers to localhost and 127.0.0.1 only"
FOREIGN_PAGE: Final = "Pages of other sites than localhost may not call this server"


def refusal(method: str, headers: Headers, *, page: bool) -> str | None:
    """Why this request is not let in, or None.

    `method` is GET for a WebSocket, too. `page` says that what is asked for is a page, to which a link may lead from
    everywhere: following it shows the page and tells the other site nothing.
    """
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not _OWN_HOST.fullmatch(hosts[0]):
        return FOREIGN_HOST
    origins = headers.getlist("origin")
    if origins:
        # Pages on other ports of this machine count as its own: somebody develops there.
        return None if all(_OWN_ORIGIN.fullmatch(origin) for origin in origins) else FOREIGN_PAGE
    if headers.get("sec-fetch-site") != "cross-site":
        return None
    follows_link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return None if page and method in SAFE_METHODS and follows_link else FOREIGN_PAGE
