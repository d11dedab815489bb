"""Talk to people whose terminal, pipe or log has gone."""

from __future__ import annotations

import os
import subprocess
import sys

TALKS = """
from cfaig.cli.console import say
for number in range(3):
    say(str(number))
print("done")
"""


def test_nobody_has_to_listen() -> None:
    """An apply that is told to nobody any more goes on to its end."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([sys.executable, "-c", TALKS], stdout=subprocess.PIPE, stderr=writer, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stdout) == (0, "done\n")
