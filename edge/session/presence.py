"""Who is in view, from observations that are fresh enough to believe."""

from collections.abc import Sequence

from edge.pose.observation import Observation

STALE_S = 0.150
"""An observation older than this when it arrives is not used for anything."""
ARRIVE_S = 0.5
"""How long somebody has to be in view before a session starts by itself."""
GONE_S = 1.0
"""How long nobody may be in view before the next session may start by itself."""
LEFT_S = 3.0
"""Who is gone for this long before the first take has changed their mind."""


class Presence:
    """
    Lets only fresh observations through, each once and in order, and keeps count of who is there.

        for observation in presence.take_in(now_s, observations): ...
    """

    def __init__(self) -> None:
        self._not_before_s = float("-inf")
        self._newest: Observation | None = None
        self._fresh_s: float | None = None
        self._seen_s: float | None = None
        self._first_seen_s: float | None = None
        self._alone_s: float | None = None

    @property
    def newest(self) -> Observation | None:
        """The newest observation let through."""
        return self._newest

    def take_in(self, now_s: float, observations: Sequence[Observation]) -> list[Observation]:
        """The observations that may be used, oldest first."""
        fresh = []
        for observation in sorted(observations, key=lambda each: each.time_s):
            last_s = self._newest.time_s if self._newest else float("-inf")
            in_order = observation.time_s > max(last_s, self._not_before_s)
            if in_order and 0 <= now_s - observation.time_s <= STALE_S:
                self._remember(observation)
                fresh.append(observation)
        return fresh

    def forget_before(self, time_s: float) -> None:
        """Let nothing through that was captured up to now, as after a pause."""
        self._not_before_s = max(self._not_before_s, time_s)

    def silent_s(self, now_s: float) -> float:
        """How long no fresh observation has come; 0 before the first."""
        return 0.0 if self._fresh_s is None else max(0.0, now_s - self._fresh_s)

    @property
    def present_s(self) -> float:
        """How long somebody has been in view without a break, in capture time; 0 when nobody is."""
        return 0.0 if self._first_seen_s is None or self._newest is None else self._newest.time_s - self._first_seen_s

    @property
    def absent_s(self) -> float:
        """How long nobody has been in view, in capture time; 0 when somebody is, for ever before the first person."""
        if self._newest is None or self._seen_s is None:
            return float("inf")
        return self._newest.time_s - self._seen_s

    @property
    def crowded_s(self) -> float:
        """How long more than one person has been in view, in capture time; 0 when not."""
        if self._newest is None or (self._newest.people or 0) < 2:
            return 0.0
        return self._newest.time_s - self._alone_s if self._alone_s is not None else float("inf")

    def _remember(self, observation: Observation) -> None:
        self._newest, self._fresh_s = observation, observation.time_s
        if observation.landmarks is None:
            self._first_seen_s = None
        else:
            self._seen_s = observation.time_s
            self._first_seen_s = observation.time_s if self._first_seen_s is None else self._first_seen_s
        if (observation.people or 0) < 2 or self._alone_s is None:
            self._alone_s = observation.time_s
