"""Whether the frames of one take may become numbers."""

import statistics
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from edge.guidance.texts import TEXTS
from edge.session.sighting import Sighting

MIN_USABLE_SHARE = 0.90
MIN_HZ = 15
"""A take of a person who stands needs at least so many pictures a second."""
MAX_SWAY_MM = 5.0
MAX_SWAY_OF_TRUNK = 0.011
"""Five millimetres of a trunk of 450 mm, for a station without a scale."""
MAX_TILT_SD_DEG = 0.7
MAX_JUMP_OF_TRUNK = 0.30
MAX_GAP_S = 0.25
MAX_SIZE_CHANGE = 0.15


def judge(sightings: Sequence[Sighting], due: int) -> tuple[str, ...]:
    """
    Why a take is rejected; empty when it may be used.

    Args:
        sightings: every sighting of the take, in order.
        due: how many were due.
    """
    usable = [sighting for sighting in sightings if sighting.usable]
    reasons = (_share(sightings, len(usable), due), _sway(usable), _unsteady(usable), _changed(sightings))
    return tuple(reason for reason in reasons if reason is not None)


def too_slow(due_hz: float) -> tuple[str, ...]:
    """
    Why a camera of this rate cannot be measured with; empty when it can.

    >>> too_slow(25.0), too_slow(10.0)
    ((), ('the camera gives only 10 pictures a second, at least 15 are needed',))
    """
    if round(due_hz) >= MIN_HZ:
        return ()
    return (f"the camera gives only {due_hz:.0f} pictures a second, at least {MIN_HZ} are needed",)


def _share(sightings: Sequence[Sighting], usable: int, due: int) -> str | None:
    if usable >= MIN_USABLE_SHARE * due:
        return None
    causes = Counter(sighting.blocking[0].code for sighting in sightings if sighting.blocking)
    missing = due - len(sightings)
    if not causes or missing > causes.most_common(1)[0][1]:
        why = "pictures are missing"
    else:
        why = TEXTS[causes.most_common(1)[0][0]].text
    return f"only {100 * usable // due} % of the frames could be used: {why}"


def _sway(usable: Sequence[Sighting]) -> str | None:
    figures = [sighting.figure for sighting in usable if sighting.figure is not None]
    if len(figures) < 2:
        return None
    sway_px = statistics.stdev(figure.shoulders_px[0] for figure in figures)
    scales = [sighting.px_per_m for sighting in usable if sighting.px_per_m is not None]
    if scales:
        sway_mm = sway_px / statistics.median(scales) * 1000
        return f"swayed by {sway_mm:.0f} mm" if sway_mm > MAX_SWAY_MM else None
    sway = sway_px / statistics.median(figure.trunk_px for figure in figures)
    return f"swayed by {100 * sway:.1f} % of the trunk's length" if sway > MAX_SWAY_OF_TRUNK else None


def _unsteady(usable: Sequence[Sighting]) -> str | None:
    known = [sighting.tilt_deg for sighting in usable if sighting.tilt_deg is not None]
    if len(known) < 2 or statistics.stdev(known) <= MAX_TILT_SD_DEG:
        return None
    return f"shoulder line not steady (standard deviation {statistics.stdev(known):.1f}°)"


def _changed(sightings: Sequence[Sighting]) -> str | None:
    figures = [(sighting.time_s, sighting.figure) for sighting in sightings if sighting.figure is not None]
    for (before_s, before), (after_s, after) in pairwise(figures):
        jump = abs(after.hips_px[0] - before.hips_px[0]) / before.trunk_px
        size = abs(after.trunk_px - before.trunk_px) / before.trunk_px
        if jump > MAX_JUMP_OF_TRUNK or size > MAX_SIZE_CHANGE:
            return "somebody else may have stepped in"
        if after_s - before_s > MAX_GAP_S:
            return f"out of sight for {after_s - before_s:.1f} s"
    return None
