"""Summaries become the rows of the bench: ids that stay, and targets."""

from collections.abc import Mapping

from edge.accuracy.measured import Measured
from edge.accuracy.refused import Refused
from edge.accuracy.sides import SidesShare
from edge.accuracy.summary import Summary
from edge.bench.row import Row, at_least, at_most, printed

SHORT = {"C1": "shoulder_tilt", "C4": "pelvis_tilt", "C6b": "trunk_lean", "C6": "true_trunk_lean"}
"""Measures that are known by their name alone."""
TARGETS = {("C1", "back"): (1.24, 3.2), ("C4", "back"): (1.16, 3.4), ("C6b", "back"): (0.67, 1.7)}
"""Measure and view -> median and 90 % of the absolute error, degrees: no worse than before this bench was there."""
SPINE_TARGETS = {
    ("C1", "back"): (0.6, 1.5),
    ("C4", "back"): (0.6, 1.5),
    ("C6b", "back"): (0.3, 0.8),
    ("C6", "back"): (0.3, 0.8),
}
"""The same with the spine network, which is there for nothing else."""
Targets = Mapping[tuple[str, str], tuple[float, float]]
MOST_NOT_MEASURABLE = 0.05
MOST_SWAPPED = 0.005
LEAST_SIGN_RIGHT = 0.90
SIGN_BEYOND_MM = 5.0
FEWEST_FRAMES = 20
"""A share of fewer frames says nothing."""


def slug(measured: Measured) -> str:
    """
    A measure as part of an id; two measures may share a name, never an id.

    >>> from edge.accuracy.measured import measured
    >>> slug(measured("C1")), slug(measured("C5b_trunk"))
    ('shoulder_tilt', 'c5b_trunk_shoulders_over_hips_relative')
    """
    if measured.id in SHORT:
        return SHORT[measured.id]
    kept = "".join(letter if letter.isalnum() else " " for letter in measured.title.lower())
    return "_".join(kept.split())


def measure_rows(summary: Summary, suffix: str = "", targets: Targets = TARGETS) -> list[Row]:
    """
    Every figure of one measure in one view.

    Args:
        summary: of the single frames.
        suffix: what the ids end with, e.g. "_float".
        targets: what is wanted of which measure.
    """
    name, unit = f"{slug(summary.measured)}_{summary.view}", summary.measured.unit
    ending = f"{unit.replace('%', 'percent')}{suffix}"
    rows = _picture_rows(summary, name, (ending, suffix), targets)
    if (body := summary.body) is not None:
        note = f"{body.count} frames, against the 3-D body"
        rows += [
            printed(f"{name}_body_median_{ending}", body.median_error, unit, note),
            printed(f"{name}_body_p90_{ending}", body.p90_error, unit, note),
            printed(f"{name}_body_bias_{ending}", body.bias, unit, note),
            printed(f"{name}_body_slope{suffix}", body.slope, "", note),
        ]
    return [row for row in (*rows, *_further(summary, name, ending, suffix)) if row is not None]


def not_measurable_rows(refused: Refused | None, suffix: str = "") -> list[Row]:
    """How many takes of people who stand as they should give nothing; takes of all others are left out and counted."""
    share, without, turned = (None,) * 3 if refused is None else (refused.share, refused.without, refused.turned)
    note = "" if refused is None else f"{refused.takes} takes"
    elsewhere, of_all = (None, None) if refused is None else (refused.elsewhere, refused.of_all)
    return [
        at_most(f"not_measurable_share{suffix}", share, MOST_NOT_MEASURABLE, "", f"{note}, for either reason"),
        printed(f"without_value_share{suffix}", without, "", f"{note}: a shoulder, hip or trunk measure is missing"),
        printed(f"turned_wrongly_share{suffix}", turned, "", f"{note}: taken for turned, though they stand square"),
        printed(f"takes_out_of_place{suffix}", elsewhere, "", "the person truly stands outside the gate: left out"),
        printed(f"not_measurable_of_all_share{suffix}", of_all, "", "with those out of place"),
    ]


def sides_rows(share: SidesShare | None, suffix: str = "") -> list[Row]:
    """Left and right, before and after the station's own correction."""
    before, after, wrong, unnoticed = (None,) * 4
    note = ""
    if share is not None:
        before, after, wrong, unnoticed = share.before, share.after, share.wrongly_corrected, share.unnoticed
        note = f"{share.frames} frames"
    return [
        printed(f"left_right_swapped_before_share{suffix}", before, "", note),
        at_most(f"left_right_swapped_share{suffix}", after, MOST_SWAPPED, "", note),
        printed(f"left_right_wrongly_corrected_share{suffix}", wrong, "", note),
        printed(f"left_right_unnoticed_share{suffix}", unnoticed, "", f"{note}, exchanged and measured all the same"),
    ]


def waist_row(share: float | None, frames: int, suffix: str = "") -> Row:
    """Whether the waist's height difference has the right side where it is large enough to matter."""
    note = f"{frames} frames measured beyond {SIGN_BEYOND_MM:g} mm of truth, {FEWEST_FRAMES} are needed"
    known = share if frames >= FEWEST_FRAMES else None
    return at_least(f"waist_sign_right_share{suffix}", known, LEAST_SIGN_RIGHT, "", note)


def _picture_rows(summary: Summary, name: str, ends: tuple[str, str], targets: Targets) -> list[Row]:
    """Against the true joints in the picture; what has a target is there even when nothing could be measured."""
    (ending, suffix), found, unit = ends, summary.picture, summary.measured.unit
    median, p90 = targets.get((summary.measured.id, summary.view), (None, None))
    if found is None and median is None:
        return []
    note = f"{found.count if found else 0} frames, against the true joints in the picture"
    return [
        _limited(f"{name}_median_{ending}", found.median_error if found else None, median, unit, note),
        _limited(f"{name}_p90_{ending}", found.p90_error if found else None, p90, unit, note),
        printed(f"{name}_bias_{ending}", found.bias if found else None, unit, note),
        printed(f"{name}_slope{suffix}", found.slope if found else None, "", note),
    ]


def _further(summary: Summary, name: str, ending: str, suffix: str) -> list[Row | None]:
    unit, amber = summary.measured.unit, summary.amber
    note = "" if amber is None else f"beyond {summary.measured.amber:g} {unit}: {amber.positives} true, "
    return [
        printed(f"{name}_mdc95_one_{ending}", summary.mdc95_one, unit, "between two takes"),
        printed(f"{name}_mdc95_three_{ending}", summary.mdc95_three, unit, "between two medians of three takes"),
        printed(f"{name}_not_measurable_share{suffix}", summary.not_measurable, "", f"{summary.pairs} frames"),
        None if amber is None else printed(f"{name}_sensitivity{suffix}", amber.sensitivity, "", note + "flagged"),
        None if amber is None else printed(f"{name}_specificity{suffix}", amber.specificity, "", note + "not flagged"),
    ]


def _limited(name: str, value: float | None, limit: float | None, unit: str, note: str) -> Row:
    return printed(name, value, unit, note) if limit is None else at_most(name, value, limit, unit, note)
