import math

import cv2
import numpy as np
import pytest

from edge.pose.crop import cut, to_picture, to_tensor
from edge.pose.region import Region


def picture(width=320, height=240):
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    image = np.stack([x * 255 // width, y * 255 // height, 128 + 60 * np.sin(x / 25 + y / 40)], axis=-1)
    return image.astype(np.uint8)


def test_the_whole_picture_cut_at_its_own_size_is_the_picture():
    image = picture(64, 64)
    assert np.array_equal(cut(image, Region(32, 32, 64), 64), image)


@pytest.mark.parametrize("rotation_deg", [0.0, 17.0, 90.0, -135.0])
def test_a_crop_pixel_shows_what_to_picture_says(rotation_deg):
    image = picture()
    region = Region(150.0, 110.0, 90.0, math.radians(rotation_deg))
    crop, affine = cut(image, region, 128), to_picture(region, 128)
    for u, v in ((10, 10), (100, 30), (64, 64), (20, 110)):
        x, y = affine @ [u, v, 1]
        there = cv2.getRectSubPix(image, (1, 1), (x, y))[0, 0]
        assert crop[v, u].astype(int) == pytest.approx(there.astype(int), abs=2)


def test_outside_the_picture_is_black_or_its_edge_as_asked():
    image = np.full((100, 100, 3), 200, np.uint8)
    region = Region(100.0, 50.0, 80.0)
    assert cut(image, region, 64, black_outside=True)[32, 60].tolist() == [0, 0, 0]
    assert cut(image, region, 64)[32, 60].tolist() == [200, 200, 200]


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-1.0, 1.0)])
def test_the_tensor_is_rgb_planes_between_low_and_high(low, high):
    crop = np.zeros((8, 8, 3), np.uint8)
    crop[..., 0], crop[2, 3, 2] = 255, 128  # all blue, one pixel with some red
    tensor = to_tensor(crop, low, high)
    assert tensor.shape == (1, 3, 8, 8)
    assert tensor.dtype == np.float32
    assert tensor[0, 2] == pytest.approx(high)
    assert tensor[0, 1] == pytest.approx(low)
    assert tensor[0, 0, 2, 3] == pytest.approx(low + (high - low) * 128 / 255, abs=1e-6)


def test_two_tensors_share_no_memory():
    crop = np.zeros((8, 8, 3), np.uint8)
    assert not np.shares_memory(to_tensor(crop, 0, 1), to_tensor(crop, 0, 1))
