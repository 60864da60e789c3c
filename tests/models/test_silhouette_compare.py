"""Both candidates for the outline, as they are compared, on the project's own rendered clip."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.pose.region import Region
from models.silhouette.compare import HEAD_BODY, HEAD_TRUNK, SELFIE_BODY, SELFIE_TRUNK, Bench, narrow
from models.silhouette.scores import score

BUILT = Path("models/built")
CLIP = Path("edge/demo/stand_back_straight.mp4")
NEEDED = ("pose_detector.float", "pose_full.float", "silhouette", "selfie.float")

needs_networks = pytest.mark.skipif(
    not all((BUILT / f"{name}.onnx").exists() for name in NEEDED), reason="run python -m models.build first"
)


def test_selfie_segmentation_gets_the_head_and_the_trunk_only() -> None:
    found = narrow(Region(300.0, 500.0, 600.0))
    assert found == Region(300.0, 500.0, pytest.approx(480.0))


@pytest.mark.networks
@needs_networks
def test_both_networks_outline_the_same_person() -> None:
    picture = cv2.VideoCapture(str(CLIP)).read()[1]
    bench = Bench(BUILT)
    squares = bench.squares(picture)
    assert squares is not None
    outlines = bench.outlines(picture, *squares)
    assert set(outlines) == {SELFIE_TRUNK, SELFIE_BODY, HEAD_TRUNK, HEAD_BODY}
    alike = score(outlines[SELFIE_TRUNK], outlines[HEAD_TRUNK], narrow(squares[1]))
    assert alike.overlap > 0.85
    assert not np.array_equal(outlines[SELFIE_TRUNK], outlines[HEAD_TRUNK])


@pytest.mark.networks
@needs_networks
def test_an_empty_room_has_no_squares_to_try() -> None:
    assert Bench(BUILT).squares(np.full((640, 360, 3), 128, np.uint8)) is None
