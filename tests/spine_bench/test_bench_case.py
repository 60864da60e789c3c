"""What the bench reads of a render, and what it says about broken ones."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from edge.errors import PictureError
from edge.pose.spine_points import MIDLINE, SpinePoint
from models.spine.bench.case import C7, S, case_of, read_cases
from models.spine.bench.look import NOBODY, look_at, shaken

SHIPPED = Path(__file__).parents[2] / "edge" / "selftest" / "upright.json"


def rendered(folder: Path, seed: int, distribution: str = "S1", frames: int = 2) -> list[Path]:
    """The shipped person under another name: a truth as the workshop writes it."""
    record = json.loads(SHIPPED.read_text(encoding="utf-8"))
    paths = []
    for frame in range(frames):
        stem = f"{distribution}-{seed:06d}-t0-f{frame:02d}"
        own = record | {"seed": seed, "distribution": distribution, "frame": frame, "take": 0, "picture": f"{stem}.jpg"}
        (folder / f"{stem}.json").write_text(json.dumps(own), encoding="utf-8")
        shutil.copy(SHIPPED.with_suffix(".jpg"), folder / f"{stem}.jpg")
        paths.append(folder / f"{stem}.json")
    return paths


def test_a_case_holds_the_points_where_the_truth_has_them(tmp_path):
    (person,) = read_cases(tmp_path, range(3, 4), "S1") if rendered(tmp_path, 3) else ()
    one = person[0]
    points = json.loads(SHIPPED.read_text(encoding="utf-8"))["points"]
    skin, landmarks = points["spine_skin"], points["landmarks"]
    assert one.spine_px[C7] == pytest.approx(skin["px"][skin["names"].index("C7")], abs=1e-3)
    waist = landmarks["px"][landmarks["names"].index("waist_left")]
    assert one.spine_px[SpinePoint.WAIST_LEFT] == pytest.approx(waist, abs=1e-3)
    centres = points["spine_centres"]
    assert one.spine_px[SpinePoint.CENTRE_T8] == pytest.approx(centres["px"][centres["names"].index("T8")], abs=1e-3)
    apart = np.linalg.norm(np.subtract(*(skin["m"][skin["names"].index(level)] for level in ("C7", "S"))))
    assert one.trunk_mm == pytest.approx(1000 * apart)
    assert one.trunk_px > 100
    assert (np.diff(one.spine_px[list(MIDLINE), 1]) < 0).all()
    assert one.curve_deg == 0.0
    assert one.spine_px[SpinePoint.WAIST_LEFT, 0] < one.spine_px[S, 0]


def test_the_largest_curve_counts_with_its_side(tmp_path):
    record = json.loads(SHIPPED.read_text(encoding="utf-8"))
    curves = [{"side": 1, "angle_deg": 12.0, "apex": "T8"}, {"side": -1, "angle_deg": 31.0, "apex": "L2"}]
    posture = record["posture"] | {"curves": [{}, {}]}
    one = case_of(record | {"built_curves": curves, "posture": posture}, tmp_path / "x.json")
    assert one.curve_deg == -31.0
    assert one.regions_deg == (12.0, -31.0)
    assert not one.single


def test_somebody_who_is_missing_is_named(tmp_path):
    rendered(tmp_path, 3)
    with pytest.raises(PictureError, match="seed 4"):
        read_cases(tmp_path, range(3, 5), "S1")


def test_uneven_people_are_not_taken_for_those_with_curves(tmp_path):
    rendered(tmp_path, 3, "S1-uneven")
    with pytest.raises(PictureError, match="nobody of S1 "):
        read_cases(tmp_path, range(3, 4), "S1")


@pytest.mark.parametrize("harm", ["half", "no midline", "no curves"])
def test_a_broken_truth_says_render_it_again(tmp_path, harm):
    path = rendered(tmp_path, 3)[1]
    text = path.read_text(encoding="utf-8")
    record = json.loads(text)
    if harm == "half":
        path.write_text(text[: len(text) // 2], encoding="utf-8")
    else:
        if harm == "no midline":
            del record["points"]["midline"]
        else:
            del record["built_curves"]
        path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(PictureError, match="render it again"):
        read_cases(tmp_path, range(3, 4), "S1")


class Blind:
    """Eyes that find nobody."""

    precision = "int8"

    def find(self, frame):
        self.size = frame.size_px

    def outline(self, frame, landmarks):
        raise AssertionError("nobody has no outline")

    def read(self, frame, landmarks, silhouette):
        raise AssertionError("nobody has no spine")


def test_a_frame_in_which_nobody_is_found_is_refused_and_the_next_one_looked_at(tmp_path):
    rendered(tmp_path, 3)
    (person,) = read_cases(tmp_path, range(3, 4), "S1")
    looks = list(look_at(person, Blind()))
    assert [look.refused for look in looks] == [NOBODY, NOBODY]
    assert looks[0].measures is None
    assert looks[0].coarse_measures is None


def test_a_damaged_picture_says_render_it_again(tmp_path):
    rendered(tmp_path, 3)[0].with_suffix(".jpg").write_bytes(b"no picture")
    (person,) = read_cases(tmp_path, range(3, 4), "S1")
    with pytest.raises(PictureError, match="render it again"):
        next(look_at(person, Blind()))


def test_noise_of_one_level_changes_no_value_by_more():
    image = np.random.default_rng(0).integers(0, 256, (20, 30, 3)).astype(np.uint8)
    apart = shaken(image, np.random.default_rng(1)).astype(int) - image.astype(int)
    assert set(np.unique(apart)) == {-1, 0, 1}
