"""Which permission of a token a reading needs, said by its name when the token lacks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from cfaig.errors import CfaigError
from cfaig.live.api import ApiError

READ_LOGS: Final = "AI Gateway: Read"
EDIT_LOGS: Final = "AI Gateway: Edit"
READ_ANALYTICS: Final = "Account Analytics: Read"


class MissingPermissionError(CfaigError):
    """The account refuses what a token with `permission` (its name in the dashboard) may do.

    A token without the permission and one that is none can get the same answer: `unsure` says that this is one.
    """

    def __init__(self, permission: str, what: str, told: str, *, unsure: bool = False) -> None:
        super().__init__(
            f"the token is not valid, or may not {what}: {told}" if unsure else f"the token may not {what}: {told}",
            f"give it the permission “{permission}” for this account (dashboard: My Profile, API Tokens)",
        )
        self.permission = permission


@contextmanager
def needs(permission: str, what: str) -> Iterator[None]:
    """Calls that need a permission; `what` says what they do: `read logs`.

    Raises MissingPermissionError where the account refuses them.
    """
    try:
        yield
    except ApiError as error:
        if error.status not in {401, 403}:
            raise
        raise MissingPermissionError(permission, what, error.message, unsure=error.status == 401) from error
