"""A known box is drawn where it is, and hidden where something stands before it."""

import numpy as np
import pytest

from models.people.render.figure import Figure
from models.people.render.render import Quality, render
from models.people.render.room import EMPTY, Joiner, Stuff
from models.people.render.textures import PAINT
from tests.people_render.scene import LIGHTS, BoxBody, BoxLook, camera, corners

BOX = Figure(BoxBody(corners((-0.3, 0.0, 0.6), (0.3, 0.4, 1.4))), BoxLook())
"""Its front is 0.6 m wide, 0.8 m high and exactly two metres away."""
GREY = Stuff(PAINT, ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)))


def plank(low: tuple[float, float, float], size: tuple[float, float, float]):
    joiner = Joiner((0.0, 0.0), 90.0)
    joiner.box(low, size, GREY, GREY)
    return joiner.room("plank")


@pytest.mark.parametrize("samples", [1, 2, 3])
def test_a_box_covers_the_area_and_the_pixels_it_should(samples):
    cam = camera((640, 480))
    seen = render([BOX], EMPTY, LIGHTS, cam, quality=Quality(samples))
    scale = cam.focal_px / 2
    assert seen.silhouette.sum() == pytest.approx(0.6 * 0.8 * scale**2, rel=0.01)
    rows, columns = np.nonzero(seen.silhouette)
    assert (columns.min(), columns.max() + 1) == pytest.approx((320 - 0.3 * scale, 320 + 0.3 * scale), abs=1)
    assert (rows.min(), rows.max() + 1) == pytest.approx((240 - 0.4 * scale, 240 + 0.4 * scale), abs=1)


def test_depth_is_exact():
    seen = render([BOX], EMPTY, LIGHTS, camera((320, 240)))
    assert seen.depth_m[seen.silhouette] == pytest.approx(2.0, abs=1e-5)
    assert np.isinf(seen.depth_m[~seen.silhouette]).all()


def test_depth_is_exact_on_a_slanting_side():
    turn = np.array([[np.cos(0.6), -np.sin(0.6), 0], [np.sin(0.6), np.cos(0.6), 0], [0, 0, 1]], np.float32)
    body = BoxBody((corners((-0.3, -0.3, 0.6), (0.3, 0.3, 1.4)) @ turn.T).astype(np.float32))
    cam = camera((320, 240))
    seen = render([Figure(body, BoxLook())], EMPTY, LIGHTS, cam)
    row = 120
    columns = np.flatnonzero(seen.silhouette[row])[3:-3]
    rays = np.stack([(columns + 0.5 - 160) / cam.focal_px, np.ones(len(columns))], -1)
    places = np.array([0, -2]) + rays * seen.depth_m[row, columns][:, None]
    local = places @ turn[:2, :2]
    off = np.abs(np.abs(local).max(1) - 0.3)
    # The one pixel across the edge shows both sides.
    assert np.sort(off)[-2] < 1e-4


def test_a_bar_hides_what_is_behind_it_and_nothing_else():
    bar = plank((-1.0, -0.5, 0.95), (2.0, 0.05, 0.1))
    seen = render([BOX], EMPTY.with_more(bar), LIGHTS, camera((320, 240)))
    alone = render([BOX], EMPTY, LIGHTS, camera((320, 240)))
    assert (seen.whole == alone.silhouette).all()
    gone = alone.silhouette & ~seen.silhouette
    rows = np.flatnonzero(gone.any(1))
    focal = camera((320, 240)).focal_px
    assert (rows.min(), rows.max() + 1) == pytest.approx((120 - 0.05 * focal / 1.5, 120 + 0.05 * focal / 1.5), abs=1.5)
    assert seen.depth_m[gone] == pytest.approx(1.5, abs=0.01)
    assert not (seen.silhouette & ~alone.silhouette).any()


def test_somebody_before_the_person_hides_it_and_is_told_apart():
    other = Figure(BoxBody(corners((-0.5, -0.6, 0.6), (0.0, -0.4, 1.4))), BoxLook())
    seen = render([BOX, other], EMPTY, LIGHTS, camera((320, 240)))
    assert set(np.unique(seen.person)) == {-1, 0, 1}
    assert (seen.person[:, :155][seen.whole[:, :155]] == 1).all()
    assert (seen.person[:, 170:][seen.whole[:, 170:]] == 0).all()


def test_somebody_behind_the_person_hides_nothing():
    other = Figure(BoxBody(corners((-0.6, 1.0, 0.6), (0.6, 1.3, 1.9))), BoxLook())
    seen = render([BOX, other], EMPTY, LIGHTS, camera())
    assert (seen.silhouette == seen.whole).all()
    assert (seen.person == 1).any()


def test_the_floor_lies_where_it_is():
    joiner = Joiner((0.0, 0.0), 90.0)
    joiner.wall(joiner.at(-3, -3, 0), joiner.a, joiner.b, (6.0, 6.0), GREY)
    cam = camera((160, 120), fov_deg=90.0)
    seen = render([BOX], joiner.room("floor"), LIGHTS, cam)
    below = np.arange(76, 120) + 0.5
    assert seen.depth_m[76:, 50] == pytest.approx(1.0 * cam.focal_px / (below - 60), rel=1e-4)
