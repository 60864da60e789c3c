import numpy as np
from numpy.typing import NDArray

from edge.engine.engine import Tensors
from edge.pose.spine_crop import WIDTH
from edge.pose.spine_layout import POINTS
from edge.pose.spine_mirror import OTHER_SIDES, Mirrored

TRUE = np.random.default_rng(1).uniform(20, 170, (1, POINTS, 2)).astype(np.float32)


class Leaning:
    """Knows the truth of the crop and of its mirror image, and errs by 3 pixels to the picture's right in both."""

    description = "leaning"

    def __init__(self) -> None:
        self.closed = False

    def run(self, inputs: Tensors) -> dict[str, NDArray[np.float32]]:
        mirrored = inputs["image"][0, 0, 0, 0] > 0.5
        points = TRUE.copy()
        if mirrored:
            points = TRUE[:, OTHER_SIDES].copy()
            points[..., 0] = WIDTH - points[..., 0]
        points[..., 0] += 3.0
        sign = -1.0 if mirrored else 1.0
        mask = np.zeros((1, 1, 64, 48), np.float32)
        mask[..., 40 if not mirrored else 7] = 1.0
        return {
            "points": points, "log_sd": np.zeros((1, POINTS, 2), np.float32),
            "visible": np.arange(POINTS, dtype=np.float32)[None][:, OTHER_SIDES if mirrored else slice(None)],
            "curve": sign * np.full((1, 8), 2.0, np.float32) + 0.5, "mask": mask,
        }  # fmt: skip

    def close(self) -> None:
        self.closed = True


def test_an_error_to_one_side_of_the_picture_cancels():
    image = np.zeros((1, 3, 256, WIDTH), np.float32)
    image[..., WIDTH // 2 :] = 1.0  # so that the crop and its mirror image can be told apart
    seen = Mirrored(Leaning()).run({"image": image})
    assert np.allclose(seen["points"], TRUE, atol=1e-4)
    assert np.allclose(seen["curve"], 2.0)
    assert np.allclose(seen["visible"], np.arange(POINTS))
    assert seen["mask"][0, 0, 5, 40] == 1.0
    assert seen["log_sd"].shape == (1, POINTS, 2)


def test_left_and_right_change_places_in_the_mirror_and_nothing_else_does():
    assert np.array_equal(OTHER_SIDES[OTHER_SIDES], np.arange(POINTS))
    assert np.count_nonzero(np.arange(POINTS) - OTHER_SIDES) == 2 * (8 + 3 + 2 + 5)


def test_the_engine_is_closed_with_it():
    engine = Leaning()
    Mirrored(engine).close()
    assert engine.closed
