"""What all points say together about each."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", exc_type=ImportError)

from edge.pose.spine_mirror import OTHER_SIDES  # noqa: E402
from models.spine.layout import COUNT, MIDLINE, POINTS  # noqa: E402
from models.spine.settle import Settle, fitted, fitted_sides, turned  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")


def uneven_people(count: int = 600) -> tuple[np.ndarray, np.ndarray]:
    """Where points are, and where a network sees them that believes half of what is uneven about hips."""
    dice = np.random.default_rng(0)
    points = np.tile(np.linspace(60, 130, COUNT)[:, None] + np.array([0.0, 60.0]), (count, 1, 1))
    for left, right, middle in ((5, 6, 90.0), (11, 12, 92.0)):
        points[:, [left, right], 0] = (middle - 35, middle + 35)
    points[:, MIDLINE[0], 1], points[:, MIDLINE[-1], 1] = 190.0, 70.0
    tilt = dice.normal(0, 4, count)
    for left, right in ((5, 6), (11, 12)):
        points[:, left, 1], points[:, right, 1] = 150 + tilt, 150 - tilt
    found = points.copy()
    found[:, 11, 1], found[:, 12, 1] = 150 + 0.5 * tilt, 150 - 0.5 * tilt
    return points, found + dice.normal(0, 0.1, found.shape)


def test_what_shoulders_say_about_hips_is_used_and_the_mirror_image_moves_alike() -> None:
    points, found = uneven_people()
    settle = Settle()
    settle.back.copy_(fitted(found, points, np.ones(points.shape[:2], bool)))
    seen = torch.from_numpy(found[:50]).float()
    said = settle(seen).numpy()
    before, after = (np.abs(one[:, 11, 1] - points[:50, 11, 1]).mean() for one in (found[:50], said))
    assert after < 0.25 * before
    turned = torch.from_numpy(found[:50][:, OTHER_SIDES]).float()
    turned[..., 0] = 192 - turned[..., 0]
    mirrored = settle(turned).numpy()[:, OTHER_SIDES]
    mirrored[..., 0] = 192 - mirrored[..., 0]
    assert np.allclose(mirrored, said, atol=0.01)


def test_where_a_person_lies_in_the_crop_moves_nothing_even_with_matrices_of_half_precision() -> None:
    points, found = uneven_people()
    settle = Settle()
    settle.back.copy_(fitted(found, points, np.ones(points.shape[:2], bool)).half().float())
    seen = torch.from_numpy(found[:50]).float()
    elsewhere = torch.tensor([8.0, -12.0])
    assert (settle(seen + elsewhere) - elsewhere - settle(seen)).abs().max() < 1e-3


def test_nothing_settles_from_the_side_in_a_bend_or_untaught() -> None:
    points, found = uneven_people()
    seen = torch.from_numpy(found[:8]).float()
    assert torch.equal(Settle()(seen), seen)
    settle = Settle()
    settle.back.copy_(fitted(found, points, np.ones(points.shape[:2], bool)))
    side, bent = seen.clone(), seen.clone()
    side[:, [5, 6], 0] = 90.0  # and nobody has taught it sides
    bent[:, MIDLINE[-1], 1] = 180.0
    assert torch.equal(settle(side), side)
    assert torch.equal(settle(bent), bent)


def test_people_seen_from_the_sides_are_settled_as_mirror_images() -> None:
    points, found = uneven_people()
    points[:, [5, 6], 0] = found[:, [5, 6], 0] = 90.0
    nose = POINTS.index("nose")
    points[:, nose, 0] = found[:, nose, 0] = 60.0
    found[:, 20] += 4.0
    half = len(points) // 2
    seen, true = (np.concatenate([one[:half], turned(one[half:])]) for one in (found, points))
    settle = Settle()
    for own, matrix in zip(
        (settle.left, settle.right), fitted_sides(seen, true, np.ones(seen.shape[:2], bool)), strict=True
    ):
        own.copy_(matrix)
    said = settle(torch.from_numpy(seen).float()).numpy()
    assert np.abs(said[:half, 20] - true[:half, 20]).max() < 1.0
    other = OTHER_SIDES[20]
    assert np.abs(said[half:, other] - true[half:, other]).max() < 1.0


def test_too_few_pictures_or_unknown_points_move_nothing() -> None:
    points, found = uneven_people(100)
    assert not fitted(found, points, np.ones(points.shape[:2], bool)).any()
    points, found = uneven_people()
    known = np.ones(points.shape[:2], bool)
    known[:, 11] = False
    assert not fitted(found, points, known)[:, 22:24].any()
    assert not fitted(found, points, np.zeros(points.shape[:2], bool)).any()
