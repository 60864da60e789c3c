"""What disturbs a take or voids a session, how long it is borne, and how it is said."""

from edge.guidance.texts import TEXTS
from edge.session.presence import STALE_S, Presence
from edge.session.protocol import VisionHealth

DISTURBED_S = 0.5
"""A take is paused when the picture, the person or the solitude has been missing for this long."""
VOID_S = {"pause_vision": 5.0, "person_left": 3.0, "pause_two_people": 3.0}
"""How long each disturbance may last before the session is voided."""
WHY = {
    "pause_vision": "the camera's picture was missing",
    "person_left": "the person left",
    "pause_two_people": "more than one person was in view",
}


def disturbance(now_s: float, presence: Presence, vision: VisionHealth, patience_s: float) -> str | None:
    """What disturbs a take, if it has lasted longer than the patience."""
    if vision.trouble is not None or presence.silent_s(now_s) > max(patience_s, STALE_S):
        return "pause_vision"
    if presence.absent_s > patience_s:
        return "person_left"
    return "pause_two_people" if presence.crowded_s > patience_s else None


def lasted_s(now_s: float, presence: Presence, cause: str) -> float:
    """How long a disturbance has lasted already."""
    lasting_s = {
        "pause_vision": presence.silent_s(now_s),
        "person_left": presence.absent_s,
        "pause_two_people": presence.crowded_s,
    }
    return lasting_s[cause]


def why(cause: str, vision: VisionHealth) -> str:
    """A disturbance in words."""
    trouble = vision.trouble if cause == "pause_vision" else None
    return WHY[cause] if trouble is None else f"{WHY[cause]}: {TEXTS[trouble].text}"
