"""How long the picture, the person or the solitude has been missing during a task."""

from edge.guidance.fault import Fault

GONE_S = {"vision": 5.0, "nobody": 3.0, "two_people": 3.0}
"""How long each of these may last before the task ends."""
SILENT_S = 0.3
"""Without news for this long the picture is missing."""
WORDS = {
    "vision": "the camera's picture was missing",
    "nobody": "the person left the picture",
    "two_people": "more than one person was in view",
}


class Absence:
    """
    Counts how long something has been missing without a break.

        cause = absence.lasting(now_s, newest_s, fault, trouble)
    """

    def __init__(self) -> None:
        self._cause: str | None = None
        self._since_s = 0.0

    def lasting(self, now_s: float, newest_s: float, fault: Fault | None, trouble: str | None) -> str | None:
        """
        What has been missing for too long; None when nothing has.

        Args:
            now_s: monotonic seconds.
            newest_s: capture time of the newest observation.
            fault: what is wrong with it.
            trouble: what keeps frames from being trusted, in words.

        Returns:
            "vision", "nobody" or "two_people".
        """
        code = None if fault is None else fault.code
        missing = trouble is not None or now_s - newest_s > SILENT_S
        cause = "vision" if missing else code if code in GONE_S else None
        if cause != self._cause:
            self._cause, self._since_s = cause, now_s
        return cause if cause is not None and now_s - self._since_s >= GONE_S[cause] else None
