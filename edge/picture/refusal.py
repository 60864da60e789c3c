"""Why a photograph is not measured: nothing is printed that cannot be trusted."""

from collections.abc import Sequence

from edge.geometry import lean_deg
from edge.guidance.fault import Fault
from edge.guidance.figure import NEEDED
from edge.pose.body_view import BodyView
from edge.spine.body import Body, name_of
from edge.spine.measures import HIPS, SHOULDERS

LYING_DEG = 45.0
"""A trunk that leans further than this belongs to a picture that lies on its side."""


def refusal_of(body: Body, people: int | None, seen: BodyView | None, view: BodyView) -> str | None:
    """Why this person cannot be measured in this picture; None when they can."""
    if (people or 0) > 1:
        return f"{people} people are in the picture, show one person at a time"
    shoulders, hips = body.middle(*SHOULDERS), body.middle(*HIPS)
    lean = lean_deg(hips, shoulders) if hips and shoulders else None
    if lean is not None and abs(lean) > LYING_DEG:
        return f"the person leans {abs(lean):.0f}° out of the upright, turn the picture until they stand"
    if seen is None:
        hidden = ", ".join(name_of(joint) for joint in body.hidden(NEEDED))
        why = f" ({hidden} not seen)" if hidden else ""
        return f"left and right cannot be told apart{why}, show the person square to the camera and from head to feet"
    if seen is not view:
        return f"the picture shows the person's {seen.value}, not the {view.value}: measure it with --view {seen.value}"
    return None


def too_small(faults: Sequence[Fault]) -> str | None:
    """Why a picture with these faults is too small; None when it is not."""
    for fault in faults:
        if fault.code == "picture_too_small":
            known = dict(fault.values)
            return (
                f"the picture is too small to measure on: at about {known['px_per_m']} pixels per metre the shoulder "
                f"tilt would be uncertain by ±{known['tilt_deg']}°, use a finer camera"
            )
    return None
