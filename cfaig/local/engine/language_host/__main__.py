"""The language host as a process: `python -m cfaig.local.engine.language_host ENGINE_ADDRESS`."""

from __future__ import annotations

import signal

# The engine ends its plugins with SIGINT and waits five seconds for them; before anything slow is imported.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from cfaig.local.engine.language_host.server import serve  # noqa: E402

serve()
