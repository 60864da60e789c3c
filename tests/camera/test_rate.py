import pytest

from edge.camera.numbering import Numbering
from edge.camera.rate import Rate


def read(numbering: Numbering, fps: float, *, busy_s: float = 0.0, count: int = 60, every: int = 1) -> list[int]:
    """What a camera at this rate gives somebody who is busy with each picture; time_s = time of arrival."""
    indices, asked_s = [], 0.0
    for k in range(0, count, every):
        came_s = 100.0 + k / fps
        indices.append(numbering.index(came_s, asked_s=asked_s, came_s=came_s))
        asked_s = came_s + busy_s
    return indices


def test_what_a_camera_declares_counts_until_it_has_shown_what_it_gives():
    numbering = Numbering(30.0)
    read(numbering, 14.0, count=10)
    assert numbering.rate_hz == 30.0


@pytest.mark.parametrize("fps", [14.0, 25.0, 60.0])
def test_a_camera_that_gives_another_rate_than_it_declares_is_followed(fps):
    numbering = Numbering(30.0)
    indices = read(numbering, fps)
    assert numbering.rate_hz == pytest.approx(fps)
    assert indices[-1] - indices[-20] == 19  # once the rate is known, nothing of it is lost


def test_pictures_we_lose_ourselves_do_not_slow_the_camera_down():
    numbering = Numbering(30.0)
    indices = read(numbering, 30.0, busy_s=0.04, every=2)
    assert numbering.rate_hz == 30.0
    assert indices == list(range(0, 60, 2))


def test_a_hiccup_is_no_rate():
    rate = Rate(30.0)
    for k in range(30):
        rate.add(0.5 if k % 10 == 0 else 0.04)
    assert rate.hz == pytest.approx(25.0)


def test_a_camera_that_drops_every_third_picture_gives_two_thirds():
    rate = Rate(30.0)
    for k in range(30):
        rate.add((1 / 30, 2 / 30)[k % 2])
    assert rate.hz == pytest.approx(20.0, rel=0.05)


def test_a_clock_that_stands_still_gives_no_gap():
    rate = Rate(30.0)
    for _ in range(30):
        rate.add(0.0)
    assert rate.hz == 30.0
