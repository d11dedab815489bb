"""Makes Pulumi's protocol classes importable without the rest of the SDK, for the plugin's own process.

`import pulumi` loads the whole SDK (0.2–0.3 s); a plugin needs only the generated classes under
`pulumi.runtime.proto`, which stand for themselves.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType


def without_sdk() -> None:
    """Put empty packages in the place of `pulumi`, `pulumi.runtime` and `pulumi.runtime.proto`.

    For a process that will never use the SDK itself; does nothing when it is loaded already.
    """
    spec = importlib.util.find_spec("pulumi")
    if "pulumi" in sys.modules or spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent
    for name, path in (
        ("pulumi", folder),
        ("pulumi.runtime", folder / "runtime"),
        ("pulumi.runtime.proto", folder / "runtime" / "proto"),
    ):
        package = ModuleType(name)
        package.__path__ = [str(path)]
        package.__spec__ = ModuleSpec(name, None, is_package=True)
        sys.modules[name] = package
