"""Where messages go: `spine/v1/<site>/<station>/<leaf>`."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

ROOT = "spine/v1"
NAME = r"[a-z0-9-]{1,32}"
Leaf = Literal["status", "session", "health", "receipt", "cmd"]
LEAVES: tuple[Leaf, ...] = get_args(Leaf)
TOPIC = re.compile(rf"{ROOT}/({NAME})/({NAME})/({'|'.join(LEAVES)})")
ALL_SESSIONS = f"{ROOT}/+/+/session"


@dataclass(frozen=True, slots=True)
class Address:
    """
    One station of one site.

    >>> Address("clinic-a", "station-1").topic("receipt")
    'spine/v1/clinic-a/station-1/receipt'
    """

    site: str
    station: str

    def topic(self, leaf: Leaf) -> str:
        """Return the station's topic of this kind."""
        return f"{ROOT}/{self.site}/{self.station}/{leaf}"


def address_of(topic: str, leaf: Leaf) -> Address | None:
    """
    Return whose topic of this kind it is, or None if it is none of ours.

    >>> address_of("spine/v1/clinic-a/station-1/session", "session")
    Address(site='clinic-a', station='station-1')
    >>> address_of("spine/v1/clinic-a/station-1/session", "receipt")
    """
    match = TOPIC.fullmatch(topic)
    return Address(match[1], match[2]) if match and match[3] == leaf else None


def matches(wanted: str, topic: str) -> bool:
    """
    Whether a subscription takes this topic.

    >>> matches("spine/v1/+/+/session", "spine/v1/a/b/session")
    True
    >>> matches("spine/v1/#", "spine/v1/a"), matches("a/+", "a")
    (True, False)
    """
    wanted_parts, parts = wanted.split("/"), topic.split("/")
    if wanted_parts[-1] == "#":
        wanted_parts, parts = wanted_parts[:-1], parts[: len(wanted_parts) - 1]
    return len(wanted_parts) == len(parts) and all(w in ("+", p) for w, p in zip(wanted_parts, parts, strict=True))
