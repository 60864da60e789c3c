import pytest

from edge.display.font import FAMILIES, Typeface, find_family
from edge.errors import ConfigError

TEXT = "Step off, march on the spot, step on again."


@pytest.fixture(params=["pygame's own", "the system's"])
def typeface(request):
    return Typeface(None if request.param == "pygame's own" else find_family())


def test_no_line_is_wider_than_the_room(typeface):
    paragraph = typeface.wrap(TEXT, 30, True, 200)
    assert len(paragraph.lines) > 1
    assert paragraph.width_px <= 200
    assert " ".join(paragraph.lines) == TEXT


def test_a_word_wider_than_the_room_is_broken(typeface):
    paragraph = typeface.wrap("receipt-0123456789abcdef0123456789abcdef", 30, False, 120)
    assert len(paragraph.lines) > 1
    assert paragraph.width_px <= 120
    assert "".join(paragraph.lines) == "receipt-0123456789abcdef0123456789abcdef"


def test_the_largest_size_that_fits_is_taken(typeface):
    wide = typeface.fit(TEXT, (12, 60), True, (2000, 80))
    narrow = typeface.fit(TEXT, (12, 60), True, (300, 80))
    assert wide.size_px > narrow.size_px >= 12
    assert narrow.complete
    assert narrow.height_px <= 80


def test_a_text_that_cannot_fit_is_cut_and_says_so(typeface):
    paragraph = typeface.fit(TEXT, (30, 60), True, (150, 40))
    assert not paragraph.complete
    assert paragraph.lines[-1].endswith("…")
    assert paragraph.width_px <= 150


def test_no_single_word_is_left_on_the_last_line(typeface):
    text = "Please let your arms hang down now"
    room = typeface.wrap("Please let your arms hang down", 40, True, 5000).width_px
    assert typeface.wrap(text, 40, True, room).lines[-1] == "now"
    paragraph = typeface.fit(text, (40, 40), True, (room, 200))
    assert len(paragraph.lines) == 2
    assert len(paragraph.lines[-1].split()) > 1


def test_an_empty_text_takes_no_room(typeface):
    assert typeface.wrap("", 20, False, 100).height_px == 0


def test_a_font_that_is_not_there_is_named():
    with pytest.raises(ConfigError, match=r"display\.font: /no/such\.ttf is not a file"):
        find_family("/no/such.ttf")


def test_a_file_that_is_not_a_font_is_named(tmp_path):
    wrong = tmp_path / "wrong.ttf"
    wrong.write_text("not a font")
    with pytest.raises(ConfigError, match="is not a font"):
        Typeface(find_family(str(wrong))).wrap("a", 12, False, 100)


def test_a_chosen_font_is_used_for_both_weights(tmp_path):
    chosen = tmp_path / "chosen.ttf"
    chosen.touch()
    assert find_family(str(chosen)) == (chosen, chosen)


def test_every_family_has_two_weights():
    assert all(regular != bold for regular, bold in FAMILIES)
