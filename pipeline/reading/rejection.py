"""Why a file is set aside. What belongs here: the value that says so and the exception that carries it."""

from typing import NamedTuple

from pipeline.tables import RejectionReason


class Rejection(NamedTuple):
    """The reason as a code and in words."""

    reason: RejectionReason
    detail: str


class RejectedFileError(Exception):
    """A file that cannot be a document; `rejection` says why."""

    def __init__(self, reason: RejectionReason, detail: str) -> None:
        super().__init__(detail)
        self.rejection = Rejection(reason, detail)
