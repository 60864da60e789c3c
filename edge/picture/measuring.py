"""From a photograph to its report and overlay."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from edge import __version__
from edge.assembly.station import setup_of
from edge.camera.frame import Frame
from edge.config import StationConfig
from edge.engine.artefact import load_artefact
from edge.errors import ConfigError, PictureError
from edge.factory import DETECTOR, landmarks_name, make_estimator, make_spine, spine_name
from edge.guidance.position import Limits, check_position
from edge.guidance.texts import say_fault
from edge.picture.drawing import draw_overlay, overlay_scale
from edge.picture.photograph import read_photograph
from edge.picture.refusal import refusal_of, too_small
from edge.picture.report import JointRecord, MeasureRecord, PictureReport
from edge.pose.body_view import BodyView
from edge.pose.estimator import Estimate
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.observation import Observation
from edge.pose.spine_points import SpinePoint, SpinePoints
from edge.pose.spine_reading import SpineReading
from edge.pose.view_check import seen_view
from edge.session.protocol import STANDARD
from edge.session.summary import Network
from edge.spine.body import Body, name_of
from edge.spine.catalogue import REPORTED
from edge.spine.measure import PLUS_MINUS, Measure
from edge.spine.measures import RECIPES, SHOULDERS, Sight, measure_sight
from edge.spine.scale import find_scale
from edge.spine.setup import Setup

HEIGHT_JOINTS = (Joint.LEFT_EAR, Joint.RIGHT_EAR, Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
"""What a scale from body height stands on."""


class Estimator(Protocol):
    """Whatever finds a person in one picture; it must not remember the last one."""

    def estimate(self, frame: Frame) -> Estimate:
        """Say where the person is and how many there are."""


@dataclass(frozen=True, slots=True)
class Bench:
    """
    What a picture is measured with.

    Attributes:
        estimator: finds the person.
        setup: what is known about the place.
        view: the side of the person the picture should show.
        networks: for the record.
        limits: from when on a picture is too small.
        spine: looks closer at joints and spine; None without such a network.
    """

    estimator: Estimator
    setup: Setup
    view: BodyView
    networks: Sequence[Network] = ()
    limits: Limits = STANDARD
    spine: Callable[[Frame, Landmarks], SpineReading] | None = None

    def look_closer(self, frame: Frame, person: Landmarks) -> tuple[Landmarks, SpinePoints | None]:
        """The joints to measure on and the points of the spine: the finer network's where it is believed."""
        reading = None if self.spine is None else self.spine(frame, person)
        if reading is None or reading.landmarks is None:
            return person, None
        return reading.landmarks, reading.spine


def measure_picture(path: Path, out: Path, bench: Bench) -> PictureReport:
    """
    Measure one photograph and write `<name>.overlay.png` and `<name>.json` into a folder.

    Two people, the wrong side, sides that cannot be told apart, a picture on its side and one that is too small are
    refused: overlay and JSON are written and say so.

    Raises:
        PictureError: the picture cannot be read, shows nobody, was refused, or nothing can be written.
    """
    frame = read_photograph(path)
    estimate = bench.estimator.estimate(frame)
    if estimate.landmarks is None:
        raise PictureError(
            f"{path}: nobody was found in the picture, show one standing person from head to feet, well lit"
        )
    measured, spine = bench.look_closer(frame, estimate.landmarks)
    sight = Sight(measured, bench.view, bench.setup, frame.size_px, spine)
    report = _report(path, frame, Seen(estimate.landmarks, estimate.people, sight), bench)
    overlay = draw_overlay(frame, sight, report)
    _write(out, report, overlay, path.stem)
    if report.refusal is not None:
        raise PictureError(f"{path}: {report.refusal}; see {out / report.overlay}")
    return report


def measure_file(picture: Path, out: Path, config: StationConfig, view: str, console: Console) -> None:
    """`plumbline measure`: load the networks the settings name, measure, and print what was found."""
    try:
        side = BodyView(view)
    except ValueError:
        raise ConfigError(f"--view: name back, front, left or right, not {view!r}") from None
    estimator, description = make_estimator(config.models, tracking=False)
    names = (DETECTOR, landmarks_name(config.models))
    hashes = (load_artefact(config.models.folder, name).sha256 for name in names)
    networks = [
        Network(name=n, sha256=s, engine=e) for n, s, e in zip(names, hashes, description.split("; "), strict=True)
    ]
    spine = make_spine(config.models)
    name = spine_name(config.models)
    if spine is not None and name is not None:
        sha256 = load_artefact(config.models.folder, name).sha256
        networks.append(Network(name=name, sha256=sha256, engine=spine.description))
    limits = Limits(min_px_per_m=config.session.min_px_per_m)
    closer = None if spine is None else spine.estimate
    report = measure_picture(picture, out, Bench(estimator, setup_of(config), side, networks, limits, closer))
    console.print(_table(report))
    for remark in report.remarks:
        console.print(remark, style="yellow", highlight=False)
    console.print(f"{out / report.overlay}\n{out / f'{picture.stem}.json'}", highlight=False, soft_wrap=True)
    console.print(report.notice, style="dim", highlight=False)


def _table(report: PictureReport) -> Table:
    table = Table("measure", "value", "± 90 %", "± here", "in words", title=report.picture)
    for one in report.measures:
        value = "" if one.value is None else f"{one.value:+.1f} {one.unit}"
        uncertainty = "" if one.uncertainty is None else f"{one.uncertainty:.1f}"
        here = "" if one.stated_sd is None else f"{PLUS_MINUS * one.stated_sd:.1f}"
        table.add_row(one.name, value, uncertainty, here, one.words or one.reason)
    return table


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """
    Who was found.

    Attributes:
        person: as found first; position and sides are judged by them.
        people: how many were in the picture.
        sight: what is measured on.
    """

    person: Landmarks
    people: int | None
    sight: Sight


def _report(path: Path, frame: Frame, found: Seen, bench: Bench) -> PictureReport:
    person, people = found.person, found.people
    body, seen = Body(person, bench.setup.roll_deg or 0.0), seen_view(person)
    scale = find_scale(bench.setup, person, frame.size_px)
    observation = Observation(0, 0.0, 0.0, person, people)
    faults = check_position(observation, frame.size_px, bench.view, bench.setup, bench.limits)
    refusal = refusal_of(body, people, seen, bench.view) or too_small(faults)
    return PictureReport(
        picture=path.name,
        overlay=f"{path.stem}.overlay.png",
        overlay_scale=overlay_scale(frame),
        software=__version__,
        width_px=frame.size_px[0],
        height_px=frame.size_px[1],
        people=people,
        view=bench.view.value,
        seen_view=seen.value if seen else None,
        px_per_m=scale.px_per_m,
        scale_origin=scale.origin,
        tilt_of_one_px_deg=_tilt_of_one_px_deg(body),
        refusal=refusal,
        remarks=[f"{told.text} {told.detail}".strip() for told in map(say_fault, () if refusal else faults)],
        networks=list(bench.networks),
        joints=[_joint(found.sight.landmarks, joint) for joint in Joint],
        measures=_measures(found.sight, bench, refusal),
    )


def _measures(sight: Sight, bench: Bench, refusal: str | None) -> list[MeasureRecord]:
    person, size_px = sight.landmarks, sight.size_px or (0, 0)
    found = measure_sight(sight, REPORTED.keys()).by_id
    by_height = find_scale(bench.setup, person, size_px).origin == "body height"
    records = []
    for row, known in REPORTED.items():
        if row not in found:
            continue
        joints = RECIPES[row].joints + (HEIGHT_JOINTS if by_height and known.unit == "mm" else ())
        one = _inside(found[row], (*joints, *RECIPES[row].spine), sight)
        value = None if refusal else one.value
        records.append(
            MeasureRecord(
                id=row,
                name=known.name,
                value=value,
                unit=known.unit,
                words=None if value is None else known.words(value, one.sd),
                reason=refusal or one.reason,
                surrogate=known.surrogate,
                stated_sd=None if value is None else one.sd,
                uncertainty=known.uncertainty,
            )
        )
    return records


def _inside(one: Measure, points: Sequence[Joint | SpinePoint], sight: Sight) -> Measure:
    """The measure, unless it stands on points outside the picture: there the network only guesses."""
    last = np.array(sight.size_px or (0, 0)) - 1
    places = {point: _place(point, sight) for point in points}
    outside = [name_of(point) for point, xy in places.items() if (xy < 0).any() or (xy > last).any()]
    if one.value is None or not outside:
        return one
    return Measure(one.id, None, one.unit, f"{' and '.join(outside)} outside the picture")


def _place(point: Joint | SpinePoint, sight: Sight) -> NDArray[np.float32]:
    """(2,) pixels."""
    spine = sight.spine_points if isinstance(point, SpinePoint) else None
    source = sight.landmarks.xyz_px[:, :2] if spine is None else spine.xy_px
    place: NDArray[np.float32] = source[point]
    return place


def _joint(person: Landmarks, joint: Joint) -> JointRecord:
    x, y, z = (round(float(v), 2) for v in person.xyz_px[joint])
    score = round(float(person.score[joint]), 4)
    return JointRecord(name=joint.name.lower(), x_px=x, y_px=y, z_px=z, score=score, seen=bool(person.seen[joint]))


def _tilt_of_one_px_deg(body: Body) -> float | None:
    """An angle is never finer than its pixels: this stands beside it."""
    left, right = (body.point(joint) for joint in SHOULDERS)
    if left is None or right is None or left == right:
        return None
    return round(math.degrees(math.atan(1.0 / math.dist(left, right))), 3)


def _write(out: Path, report: PictureReport, overlay: NDArray[np.uint8], stem: str) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / report.overlay).write_bytes(cv2.imencode(".png", overlay)[1].tobytes())
        (out / f"{stem}.json").write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise PictureError(f"{out}: cannot be written ({error.strerror}), name another folder with --out") from error
