"""Live measures in words, as a person reads them."""

from dataclasses import dataclass

from edge.spine.catalogue import CATALOGUE
from edge.spine.measure import Measure, SpineMeasures

LIVE_IDS = {"C1": "Shoulders", "C4": "Pelvis", "C6b": "Trunk"}
"""Measures shown while a person stands there, and the name of each."""


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One live line.

    Attributes:
        id: of the measure.
        name: which part of the body.
        words: e.g. "right higher 4.1°", "about level, 0.2°", or "not seen"; inside the uncertainty no side is named.
        short: the number alone, e.g. "2.1°", or None.
    """

    id: str
    name: str
    words: str
    short: str | None


def live_readings(measures: SpineMeasures | None) -> tuple[Reading, ...]:
    """The readings of one frame, in the order of the body; all are there even when nothing is known."""
    by_id = measures.by_id if measures else {}
    return tuple(_read(id_, name, by_id.get(id_)) for id_, name in LIVE_IDS.items())


def _read(id_: str, name: str, measure: Measure | None) -> Reading:
    if measure is None or measure.value is None:
        return Reading(id_, name, "not seen", None)
    number = f"{abs(measure.value):.1f}°"
    if abs(measure.value) < (CATALOGUE[id_].uncertainty or 0.0):
        return Reading(id_, name, f"about {'upright' if id_ == 'C6b' else 'level'}, {number}", number)
    side = "right" if measure.value > 0 else "left"
    return Reading(id_, name, f"leans {side} {number}" if id_ == "C6b" else f"{side} higher {number}", number)
