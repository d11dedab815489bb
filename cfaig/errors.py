"""The errors that people see: a message, and what to do about it."""

from __future__ import annotations

EXIT_OK = 0
EXIT_ERROR = 1
EXIT_CHANGES = 2
EXIT_UNSAFE = 3
EXIT_POLICY = 4
EXIT_INTERRUPTED = 130


class CfaigError(Exception):
    """Something a person can put right.

    `message` says what is wrong, `hint` how to fix it. The command line prints both without a traceback and ends
    with `exit_code`.
    """

    exit_code = EXIT_ERROR

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnsafeChangeError(CfaigError):
    """A change that a safety limit refuses until somebody allows it by name."""

    exit_code = EXIT_UNSAFE


class PolicyViolationError(CfaigError):
    """A change that a mandatory policy refuses."""

    exit_code = EXIT_POLICY
