from pathlib import Path

import numpy as np
import pytest

from edge.errors import ConfigError, PictureError
from models.people.loose import loose_shot
from models.people.sample import SHARING, sample
from models.people.seeds import HOLD_OUT
from models.people.studio import studio
from models.people.training import training_shot
from models.spine.augment import MARGIN, curve_of, example, known
from models.spine.layout import CENTRES, INPUT_PX
from models.spine.pictures import (
    LOOSE_FROM,
    LOOSE_SHARE,
    MARGINS,
    SIZE_PX,
    Picture,
    ShardJob,
    picture_of,
    read_shard,
    shard_numbers,
    write_shard,
)


@pytest.fixture(scope="module")
def picture() -> Picture:
    place = studio()
    shot = next(shot for seed in range(100) if (shot := sample(seed, "V1")).curves)
    return picture_of(shot.seed, "torso", *place.crop(shot, "torso", SIZE_PX, MARGINS["torso"]))


def row_of(picture: Picture) -> dict[str, object]:
    import json

    return {
        "jpeg": picture.jpeg, "points": picture.points, "visible": picture.visible, "mask": picture.mask,
        "curve_deg": np.float32(picture.curve_deg), "about": json.dumps(picture.about),
    }  # fmt: skip


def test_a_shard_gives_back_what_was_written(picture: Picture, tmp_path: Path):
    path = tmp_path / "shard-000000.npz"
    write_shard(path, [row_of(picture), row_of(picture)])
    read = list(read_shard(path))
    assert len(read) == 2
    assert np.array_equal(read[1].points, picture.points)
    assert np.array_equal(read[1].image(), picture.image())
    assert np.array_equal(read[1].outline(), picture.outline())
    assert read[1].curve_deg == pytest.approx(picture.curve_deg)


def test_a_damaged_shard_says_what_to_do(tmp_path: Path):
    path = tmp_path / "shard-000000.npz"
    path.write_bytes(b"PK\x03\x04 not an archive")
    with pytest.raises(PictureError, match="delete it and render it again"):
        list(read_shard(path))


def test_the_shipped_bodies_alone_are_refused():
    with pytest.raises(ConfigError, match="--full"):
        training_shot(0, studio().known)


def test_points_stay_on_their_pixels_when_the_box_is_cut(picture: Picture):
    dot = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    x, y = 120, 150
    dot[y - 3 : y + 4, x - 3 : x + 4] = 255
    import cv2

    drawn = Picture(
        np.asarray(cv2.imencode(".png", dot)[1]).reshape(-1), np.full((74, 2), (x + 0.5, y + 0.5), np.float32),
        picture.visible, np.packbits(np.ones((SIZE_PX[1], SIZE_PX[0]), np.bool_)), np.nan, picture.about,
    )  # fmt: skip
    for seed in (None, 1, 2, 3):
        cut = example(drawn, None if seed is None else np.random.default_rng(seed))
        weight = cut.image.astype(np.float64).sum(2)
        weight -= np.median(weight)
        weight[weight < 0.75 * weight.max()] = 0  # what was made grey is darker
        rows, columns = np.mgrid[: INPUT_PX[1], : INPUT_PX[0]] + 0.5
        found = (columns * weight).sum() / weight.sum(), (rows * weight).sum() / weight.sum()
        assert np.allclose(found, cut.points[0], atol=0.6), seed


def test_points_stay_on_their_pixels_in_pictures_made_poor(picture: Picture):
    square = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    square[130:171, 100:141] = 255
    import cv2

    drawn = Picture(
        np.asarray(cv2.imencode(".png", square)[1]).reshape(-1), np.full((74, 2), (120.5, 150.5), np.float32),
        picture.visible, np.packbits(np.ones((SIZE_PX[1], SIZE_PX[0]), np.bool_)), np.nan,
        {**picture.about, "loose": True},
    )  # fmt: skip
    softest = 255
    for seed in range(12):
        cut = example(drawn, np.random.default_rng(seed))
        x, y = cut.points[0].astype(int)
        left, top = max(0, x - 45), max(0, y - 45)  # what lies outside the picture may be grey
        bright = cut.image[top : y + 45, left : x + 45].astype(np.float64).sum(2)
        rows, columns = np.nonzero(bright > (bright.max() + np.median(bright)) / 2)
        found = left + columns.mean() + 0.5, top + rows.mean() + 0.5
        assert np.allclose(found, cut.points[0], atol=1.0), seed
        softest = min(softest, int(np.abs(np.diff(cut.image.astype(int).sum(2), axis=1)).max()))
    assert softest < 200  # of 765 from one pixel to the next: some came from far away


def test_the_middle_of_everything_is_what_the_station_cuts(picture: Picture):
    cut = example(picture, None)
    low, high = MARGIN["torso"]
    zoom = MARGINS["torso"] / ((low + high) / 2) * INPUT_PX[1] / SIZE_PX[1]
    middle = np.array(INPUT_PX) / 2 + zoom * (picture.points - np.array(SIZE_PX) / 2)
    assert np.allclose(cut.points, middle, atol=1e-3)


def test_a_mirrored_curve_changes_its_side_and_nothing_else(picture: Picture):
    examples = [example(picture, np.random.default_rng(seed)) for seed in range(12)]
    curves = np.array([one.curve for one in examples])
    plain = curve_of(picture)
    signs = np.sign(curves[:, 0] * plain[0])
    assert {-1.0, 1.0} == set(signs)
    assert np.allclose(curves * signs[:, None], plain, atol=1e-5)
    for one, sign in zip(examples, signs, strict=True):
        left, right = one.points[5], one.points[6]
        assert (left[0] < right[0]) == (picture.points[5][0] < picture.points[6][0]), sign


def test_lateral_deviations_are_to_the_persons_right(picture: Picture):
    centres = picture.points[list(CENTRES)]
    rightmost = np.argmax(centres[:, 0] - np.interp(centres[:, 1], centres[[-1, 0], 1], centres[[-1, 0], 0]))
    assert np.argmax(curve_of(picture)[1:]) == rightmost  # from behind the picture's right is the person's


def test_nothing_is_said_about_the_curve_from_the_side(picture: Picture):
    side = Picture(**{name: getattr(picture, name) for name in ("jpeg", "points", "visible", "mask", "curve_deg")},
                   about={**picture.about, "view": "left"})  # fmt: skip
    assert np.isnan(curve_of(side)).all()


def test_nothing_is_said_about_the_curve_of_a_loose_pose(picture: Picture):
    loose = Picture(picture.jpeg, picture.points, picture.visible, picture.mask, 20.0, {**picture.about, "loose": True})
    assert np.isnan(curve_of(loose)).all()
    assert not example(loose, None).upright


def test_to_six_shards_of_people_who_stand_comes_a_loose_one():
    numbers = shard_numbers(SHARING * 12)
    assert numbers == [*range(12), LOOSE_FROM, LOOSE_FROM + 1]
    assert [ShardJob(number, "", "").loose for number in numbers] == [False] * 12 + [True] * 2
    assert HOLD_OUT.start > (LOOSE_FROM + -(-LOOSE_FROM // LOOSE_SHARE)) * SHARING


def test_arms_of_loose_people_are_anywhere_and_the_rest_is_the_same_person():
    bodies = (*((1.7, "m"),) * 12, (1.5, "f"))
    shots = [(training_shot(seed, bodies), loose_shot(seed, bodies)) for seed in range(640_000, 640_060)]
    raised = [max(loose.posture(0).arms_abduction_deg) for _, loose in shots]
    assert max(raised) > 100
    assert sum(deg > 40 for deg in raised) > 20
    assert all(max(stands.posture(0).arms_abduction_deg) < 40 for stands, _ in shots)
    assert all(loose.room == stands.room and loose.body == stands.body for stands, loose in shots)
    assert all(loose.distribution == "T2" and loose.moments[0].bend_deg == 0 for _, loose in shots)


def test_masking_leaves_the_person_alone(picture: Picture):
    plain, masked = example(picture, None), example(picture, None, masked=True)
    inside = plain.outline > 0.99
    rows, columns = np.nonzero(inside)
    assert np.array_equal(plain.image[4 * rows + 2, 4 * columns + 2], masked.image[4 * rows + 2, 4 * columns + 2])
    assert (masked.image[0, 0] == 128).all()


def test_points_outside_and_unknown_ones_are_not_known():
    points = np.array([[-1.0, 5.0], [5.0, 5.0], [np.nan, 5.0], [191.9, 255.9], [192.0, 5.0]], np.float32)
    assert known(points).tolist() == [False, True, False, True, False]
