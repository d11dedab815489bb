"""Where the engine starts the policy pack; it puts only this folder on the path, from wherever it is called."""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from policies.pack import main  # noqa: E402

main(FOLDER)
