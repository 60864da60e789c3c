import itertools

import pytest

from edge.display import theme
from edge.display.theme import FLAG_SIGNS, LEVEL_SIGNS, NO_FLAG, NO_VALUE, contrast, sizes
from edge.guidance.guidance import Level

GROUNDS = (theme.NIGHT, theme.SLATE)
TEXT_COLOURS = (theme.PAPER, theme.MIST, theme.GREEN, theme.AMBER, theme.CORAL, theme.TEAL)


@pytest.mark.parametrize(("text", "ground"), list(itertools.product(TEXT_COLOURS, GROUNDS)))
def test_every_text_colour_stands_out_seven_to_one(text, ground):
    assert contrast(text, ground) >= 7.0


@pytest.mark.parametrize("ground", [theme.AMBER, theme.CORAL])
def test_ink_stands_out_seven_to_one_on_the_banners(ground):
    assert contrast(theme.INK, ground) >= 7.0


def test_contrast_agrees_with_the_published_example():
    assert contrast(theme.Colour(118, 118, 118), theme.Colour(255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("signs", [list(LEVEL_SIGNS.values()), [*FLAG_SIGNS.values(), NO_FLAG, NO_VALUE]])
def test_no_state_is_told_by_colour_alone(signs):
    assert len({sign.shape for sign in signs}) == len(signs)
    assert len({sign.words for sign in signs}) == len(signs)


def test_every_level_has_a_sign():
    assert set(LEVEL_SIGNS) == set(Level)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (800, 480), (720, 1280), (320, 240)])
def test_text_is_never_smaller_than_a_fortieth_of_the_shorter_side_and_instructions_a_twentieth(width, height):
    found = sizes(width, height)
    assert found.detail_px >= min(width, height) / 40
    assert found.instruction_px >= min(width, height) / 20
    assert found.detail_px <= found.body_px < found.instruction_px <= found.title_px
