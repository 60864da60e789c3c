"""How a summary is closed before it is written. Sealing to the site's key comes here; today nothing is hidden."""

from typing import Protocol


class Sealer(Protocol):
    """Closes a summary so that only its reader can open it."""

    name: str
    """Goes into the row and the envelope as `seal`."""

    def seal(self, plain: bytes) -> bytes:
        """Return the bytes to store; the station itself need not be able to open them again."""


class PlainSealer:
    """
    Leaves the summary readable, and says so: `"seal": "none"`.

    >>> PlainSealer().seal(b"{}")
    b'{}'
    """

    name = "none"

    def seal(self, plain: bytes) -> bytes:
        return plain
