"""Values as each language writes them: texts quoted, variables read from the environment."""

from __future__ import annotations

import json
import re
import shlex

from cfaig.connect.model import Value


def shell(value: Value) -> str:
    """For bash and sh."""
    if value.variable is None:
        return shlex.quote(value.before + value.text)
    return f'"{value.before}${value.variable}"'


def python(value: Value) -> str:
    """A Python expression; one with a variable needs `import os`."""
    if value.variable is None:
        return text(value.before + value.text)
    if value.before:
        return f"f\"{value.before}{{os.environ['{value.variable}']}}\""
    return f'os.environ["{value.variable}"]'


def javascript(value: Value) -> str:
    """A JavaScript expression for Node."""
    if value.variable is None:
        return text(value.before + value.text)
    return f"`{value.before}${{process.env.{value.variable}}}`" if value.before else f"process.env.{value.variable}"


def dotenv(value: Value) -> str:
    """For a `.env` file, not quoted yet; `${NAME}` is filled in by python-dotenv, Docker Compose and shells."""
    return value.before + (value.text if value.variable is None else f"${{{value.variable}}}")


def quoted(plain: str) -> str:
    """A value of a `.env` file as all its readers take it."""
    if re.fullmatch(r"[\w./:@%+,${}-]+", plain, re.ASCII):
        return plain
    # Single quotes would keep `${NAME}` from being filled in.
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def by_hand(value: Value) -> str:
    """For files that know no variables: a placeholder in angle brackets, which a person replaces."""
    return value.before + (value.text if value.variable is None else f"<{value.variable}>")


def litellm(value: Value) -> str:
    """For LiteLLM's YAML. It fills variables in only where they are the whole value."""
    if value.variable is None:
        return value.before + value.text
    return f"os.environ/{value.variable}"


def text(plain: str) -> str:
    """A text in double quotes, the same in Python, JavaScript and JSON."""
    return json.dumps(plain, ensure_ascii=False)


def unless_secret(value: Value) -> str | None:
    """For files that know no variables, of programs that read the environment too: secrets stay there."""
    return None if value.variable is not None else value.before + value.text
