"""What a summary says about the station itself, given in from outside."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from edge.clock import WallTime
from edge.session.code import code_of
from edge.session.summary import Moment, Network, Source, Station


@dataclass(frozen=True, slots=True)
class Identity:
    """
    Who measures, on what and with what; and the two things a session cannot make itself.

    Attributes:
        station: site, station and software version.
        source: where the frames come from, and how a recording is announced.
        networks: tells what takes part; asked when a session ends, since only then all have reported.
        random_bytes: gives that many random bytes, e.g. `os.urandom`.
        wall: gives the wall time, e.g. `SystemClock().wall`.
    """

    station: Station
    source: Source
    networks: Callable[[], tuple[Network, ...]]
    random_bytes: Callable[[int], bytes]
    wall: Callable[[], WallTime]

    def new_id(self) -> str:
        """A random UUID, the idempotency key of a session."""
        return str(UUID(bytes=self.random_bytes(16), version=4))

    def new_code(self) -> str:
        """A random session code."""
        return code_of(int.from_bytes(self.random_bytes(4), "big"))

    def now(self) -> Moment:
        """Wall time and its trust, for records."""
        wall = self.wall()
        return Moment(utc=wall.utc.isoformat(timespec="milliseconds").replace("+00:00", "Z"), trust=wall.trust)
