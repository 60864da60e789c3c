"""One person's landmarks, spine points and silhouette become every measure that can be taken in one frame."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from edge.geometry import Point
from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.silhouette import Silhouette
from edge.pose.spine_points import SpinePoints
from edge.spine.body import Back, Body, name_of
from edge.spine.coronal import FACTOR, length_px
from edge.spine.coronal_recipes import CORONAL_RECIPES
from edge.spine.level_mask import level_mask
from edge.spine.measure import Measure, SpineMeasures
from edge.spine.outline import Outline, outline_of
from edge.spine.plane import MAX_CORRECTED_YAW_DEG, MAX_YAW_DEG, Plane, focal_px, pitch_from_feet_deg
from edge.spine.sagittal_recipes import SAGITTAL_RECIPES
from edge.spine.scale import EAR_TO_ANKLE_OF_STATURE, NO_SCALE, Scale, ear_to_ankle_px, find_scale
from edge.spine.seen import CORONAL, Recipe, Seen
from edge.spine.seen import HIPS as HIPS
from edge.spine.seen import SHOULDERS as SHOULDERS
from edge.spine.setup import Setup
from edge.spine.skyline import Skyline, skyline_of
from edge.spine.uncertainty import spread_of, too_uncertain

COINCIDE = "the points lie on one point"
NOT_FROM = {
    BodyView.BACK: "cannot be seen from behind",
    BodyView.FRONT: "cannot be seen from in front",
    BodyView.LEFT: "cannot be seen from the left side",
    BodyView.RIGHT: "cannot be seen from the right side",
}
FLOOR = (Joint.LEFT_HEEL, Joint.RIGHT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX)

RECIPES: dict[str, Recipe] = CORONAL_RECIPES | SAGITTAL_RECIPES
"""Measure id -> how it is taken and what it needs; what a session reports of it is the catalogue."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """
    What is known about one person in one frame.

    Attributes:
        landmarks: the person.
        view: which side the camera sees; each measure can be seen from two of the four.
        setup: what is known about the place.
        size_px: width and height of the upright frame; a scale from camera distance and all corrections but roll's
            need it.
        spine_points: of the same person and frame.
        silhouette: of the same person and frame.
    """

    landmarks: Landmarks
    view: BodyView
    setup: Setup
    size_px: tuple[int, int] | None = None
    spine_points: SpinePoints | None = None
    silhouette: Silhouette | None = None


def measure(
    landmarks: Landmarks,
    view: BodyView,
    setup: Setup,
    size_px: tuple[int, int] | None = None,
    spine_points: SpinePoints | None = None,
    silhouette: Silhouette | None = None,
) -> SpineMeasures:
    """
    Everything that can be measured on one person in one frame.

    Rows that stand on spine points or on the silhouette are there only when these are given. Arguments as in `Sight`.
    """
    return measure_sight(Sight(landmarks, view, setup, size_px, spine_points, silhouette))


def measure_sight(sight: Sight, rows: Collection[str] = RECIPES.keys()) -> SpineMeasures:
    """
    As `measure`, but only what is wanted: working out the uncertainty of all the others takes its time.

    Args:
        sight: of one frame.
        rows: ids of measures.
    """
    landmarks, view, setup = sight.landmarks, sight.view, sight.setup
    plane = plane_of(landmarks, view, setup, sight.size_px)
    body = Body(landmarks, plane.roll_deg, plane)
    scale = find_scale(setup, landmarks, sight.size_px)
    seen = Seen(
        body=body,
        back=Back(sight.spine_points, plane),
        outline=None if sight.silhouette is None else _outline(sight.silhouette, body, plane, view),
        view=view,
        scale=scale,
        stature_px=_stature_px(body, setup, scale),
    )
    needs = {"spine points": sight.spine_points, "silhouette": sight.silhouette}
    given = {"landmarks", *(name for name, one in needs.items() if one is not None)}
    turned = _turned(setup, plane)
    recipes = {row: recipe for row, recipe in RECIPES.items() if recipe.needs in given and row in rows}
    found = {row: _measure(row, recipe, seen, turned, setup.roll_sd_deg) for row, recipe in recipes.items()}
    return SpineMeasures(landmarks.time_s, view, found)


def back_skyline(
    silhouette: Silhouette, landmarks: Landmarks, view: BodyView, setup: Setup, size_px: tuple[int, int] | None = None
) -> Skyline | str:
    """
    B2 in one frame of a forward bend seen from behind or in front; or in words why there is none.

    About the place half-way between hips and shoulders: in rendered bends that leaves a median error of 1.2 degrees,
    the middle of the hips one of 1.6.

    Arguments as for `measure`.
    """
    plane = plane_of(landmarks, view, setup, size_px)
    body = Body(landmarks, plane.roll_deg, plane)
    hips, shoulders = body.middle(*HIPS), body.middle(*SHOULDERS)
    if view not in CORONAL:
        return NOT_FROM[view]
    if hips is None:
        return "hips not seen"
    width = abs(_x(body.point(HIPS[0])) - _x(body.point(HIPS[1])))
    centre = hips if shoulders is None else ((hips[0] + shoulders[0]) / 2, (hips[1] + shoulders[1]) / 2)
    mask = level_mask(silhouette, plane, centre, 2 * width)
    if mask is None:
        return "no outline of the person"
    return skyline_of(mask, centre[0], view, find_scale(setup, landmarks, size_px).px_per_m)


def plane_of(landmarks: Landmarks, view: BodyView, setup: Setup, size_px: tuple[int, int] | None) -> Plane:
    """
    The plane of the person: what of the camera's roll, pitch, height and the body's turn can be taken out.

    Pitch is taken from the settings, else from where the feet stand below a camera of known height. A measured scale
    says the distance better than the distance does.
    """
    focal = focal_px(setup, size_px)
    distance = setup.distance_m if focal is None or setup.px_per_m is None else focal / setup.px_per_m
    turn = (setup.yaw_deg or 0.0) * FACTOR.get(view, 0.0)
    plain = Plane(setup.roll_deg or 0.0, setup.pitch_deg, turn, focal, distance, size_px)
    feet = _middle_px(landmarks, FLOOR)
    if plain.pitch_deg is None and setup.camera_height_m is not None and feet is not None:
        plain = replace(plain, pitch_deg=pitch_from_feet_deg(feet, plain, setup.camera_height_m))
    return replace(plain, pivot_px=_middle_px(landmarks, HIPS))


def _stature_px(body: Body, setup: Setup, scale: Scale) -> float | None:
    if setup.person_height_m is not None and scale.px_per_m is not None:
        return setup.person_height_m * scale.px_per_m
    length = ear_to_ankle_px(body)
    return None if length is None else length / EAR_TO_ANKLE_OF_STATURE


def _middle_px(landmarks: Landmarks, joints: tuple[Joint, ...]) -> tuple[float, float] | None:
    points = landmarks.xyz_px[list(joints), :2]
    if not landmarks.known[list(joints)].all() or not np.isfinite(points).all():
        return None
    x, y = points.mean(axis=0)
    return float(x), float(y)


def _x(point: Point | None) -> float:
    return point[0] if point is not None else 0.0


def _outline(silhouette: Silhouette, body: Body, plane: Plane, view: BodyView) -> Outline | None:
    hips, shoulders = body.middle(*HIPS), body.middle(*SHOULDERS)
    if hips is None or shoulders is None or view not in CORONAL:
        return None
    centre = ((hips[0] + shoulders[0]) / 2, (hips[1] + shoulders[1]) / 2)
    mask = level_mask(silhouette, plane, centre, length_px(hips, shoulders))
    return None if mask is None else outline_of(mask, hips, shoulders, view)


def _turned(setup: Setup, plane: Plane) -> str | None:
    """Why a turned person is not measured; None when they stand square enough."""
    limit = MAX_CORRECTED_YAW_DEG if plane.knows_the_camera else MAX_YAW_DEG
    if setup.yaw_deg is None or abs(setup.yaw_deg) <= limit:
        return None
    return f"turned by {abs(setup.yaw_deg):.0f}°, more than {limit:.0f}° cannot be taken out"


def _measure(row: str, recipe: Recipe, seen: Seen, turned: str | None, roll_sd_deg: float | None) -> Measure:
    if seen.view not in recipe.views:
        return Measure(row, None, recipe.unit, NOT_FROM[seen.view])
    joints = recipe.joints + tuple(seen.near(part) for part in recipe.near)
    hidden = [name_of(joint) for joint in seen.body.hidden(joints)]
    hidden += [name_of(point) for point in seen.back.hidden(recipe.spine)]
    if hidden:
        return Measure(row, None, recipe.unit, f"{' and '.join(hidden)} not seen")
    if recipe.unit == "mm" and seen.scale.px_per_m is None:
        return Measure(row, None, recipe.unit, NO_SCALE)
    if turned is not None:
        return Measure(row, None, recipe.unit, turned)
    value = recipe.take(seen)
    if value is None or isinstance(value, str):
        return Measure(row, None, recipe.unit, value or COINCIDE)
    spread = spread_of(recipe, seen, value, joints, roll_sd_deg)
    doubt = too_uncertain(row, recipe.unit, spread)
    if doubt is not None:
        return Measure(row, None, recipe.unit, doubt)
    recovered = seen.body.recovered(joints) or seen.back.recovered(recipe.spine)
    sd = spread.sd if spread is not None and spread.whole else None
    return Measure(row, value, recipe.unit, recovered=recovered, sd=sd)
