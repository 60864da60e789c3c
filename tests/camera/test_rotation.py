import numpy as np
import pytest

from edge.camera.rotation import stand_upright


@pytest.mark.parametrize(("rotation_deg", "turns"), [(0, 0), (90, -1), (180, 2), (270, 1)])
def test_pictures_are_turned_clockwise(rotation_deg, turns):
    image = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    assert np.array_equal(stand_upright(image, rotation_deg), np.rot90(image, turns))


def test_four_quarter_turns_are_none():
    image = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)
    turned = image
    for _ in range(4):
        turned = stand_upright(turned, 90)
    assert np.array_equal(turned, image)
