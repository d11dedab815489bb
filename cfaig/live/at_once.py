"""Several reading calls at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

from cfaig.live.api import CloudflareApi

THREADS: Final = 8


@contextmanager
def reading_at_once(api: CloudflareApi) -> Iterator[ThreadPoolExecutor]:
    """Threads for calls of `api`; when one fails, or a person stops it, the others do not go on waiting."""
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="cfaig-read")
    try:
        yield pool
    except BaseException as error:
        api.stop()
        # After Ctrl-C an answer that is still to come is of no interest.
        pool.shutdown(wait=isinstance(error, Exception), cancel_futures=True)
        raise
    pool.shutdown()
