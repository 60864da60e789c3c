"""What is written on a screen, at every size: it fits, it is legible, it does not overlap."""

import itertools
from functools import lru_cache

import pygame
import pytest

from edge.display.border import CAMERA_OFF, CAMERA_ON, NO_CAMERA, NOTHING_STORED
from edge.display.canvas import Canvas
from edge.display.font import Typeface, find_family
from edge.display.pygame import paint
from edge.display.result import cards_of, take_cards
from edge.display.stage import Stage
from edge.display.theme import FLAG_SIGNS, NO_VALUE, contrast
from edge.guidance.guidance import Guidance, Level
from edge.guidance.texts import TEXTS
from edge.session.state import Phase
from edge.session.summary import NOTICE
from tests.display.screens import PERSON, RECORDING, SIZES, live, picture, screen, seen, summary

VALUES = {
    "px_per_m": "480",
    "tilt_deg": "1.9",
    "joints": "left shoulder, right shoulder",
    "why": "The person moved in two of the three takes, and one foot was not seen.",
    "seconds": "3",
    "done": "12",
    "wanted": "14",
    "level": "thoracolumbar",
}
GUIDANCE = [Guidance(code, text.text, text.detail.format(**VALUES), text.level) for code, text in TEXTS.items()]
STAGE = Stage(show_picture=True, roll_deg=0.0)
BUSY = {"announcement": RECORDING, "waiting": 128, "trouble": "The camera gave no picture for 1.0 s; it is restarted."}
TYPEFACES = {"system": Typeface(find_family()), "pygame": Typeface(None)}


def painted(size, shown, typeface="system"):
    canvas = Canvas(size, TYPEFACES[typeface])
    paint(canvas, shown, STAGE)
    return canvas


def words(canvas):
    return [" ".join(text.paragraph.lines) for text in canvas.texts]


def all_screens():
    for guidance in GUIDANCE:
        if guidance.code.startswith("result"):
            outcome = {"result_not_measurable": "not_measurable", "result_voided": "voided"}.get(
                guidance.code, "measured"
            )
            yield screen(Phase.RESULT, guidance, summary=summary(outcome=outcome), notes=NOTES, announcement=RECORDING)
            yield screen(Phase.RESULT, guidance, announcement=RECORDING, waiting=3)
            continue
        for phase in (Phase.IDLE, Phase.POSITION, Phase.TAKE, Phase.BETWEEN, Phase.PAUSED):
            yield screen(phase, guidance, frame=picture(), observation=seen(), measures=live(), **BUSY)
        yield screen(Phase.TAKE, guidance, frame=picture(), waiting=128)  # the words of a live camera are longer


@lru_cache
def all_texts(size):
    """What is written on every screen at one size, and where; painted once for all tests."""
    return [(shown, tuple(painted(size, shown).texts)) for shown in all_screens()]


NOTES = ("Stored on this station.", "Received by the collector.")


@pytest.mark.parametrize("size", SIZES)
def test_every_text_of_the_catalogue_fits_on_every_page(size):
    for shown, texts in all_texts(size):
        cut = [text.paragraph.lines for text in texts if not text.paragraph.complete]
        assert not cut, (shown.state.phase, shown.state.guidance.code)


@pytest.mark.parametrize("size", SIZES)
def test_no_text_runs_off_the_screen_or_over_another(size):
    screen_rect = pygame.Rect((0, 0), size)
    for shown, texts in all_texts(size):
        labels = {"4.0°", "1.0°"}  # on the picture, at the end of their line
        places = [text.place for text in texts if text.paragraph.lines[0] not in labels]
        where = (shown.state.phase, shown.state.guidance.code)
        assert all(screen_rect.contains(place) for place in places), where
        for one, other in itertools.combinations(places, 2):
            # Lines touch, letters do not: the space above and below a line belongs to nobody.
            assert not one.inflate(0, -one.height // 5).colliderect(other.inflate(0, -other.height // 5)), where


@pytest.mark.parametrize("size", SIZES)
def test_every_painted_text_is_large_enough_and_has_contrast(size):
    for shown, texts in all_texts(size):
        for text in texts:
            assert contrast(text.colour, text.ground) >= 7.0, text.paragraph.lines
            assert text.paragraph.size_px >= min(size) / 40, text.paragraph.lines
            if " ".join(text.paragraph.lines) == shown.state.guidance.text:
                assert text.paragraph.size_px >= min(size) / 20


@pytest.mark.parametrize("size", SIZES)
def test_the_result_fits_also_without_a_scale_and_with_pygames_own_font(size):
    for result in (summary(), summary(px_per_m=None), summary(outcome="voided")):
        for typeface in TYPEFACES:
            canvas = painted(size, screen(Phase.RESULT, GUIDANCE[-1], summary=result, notes=NOTES), typeface)
            assert all(text.paragraph.complete for text in canvas.texts), words(canvas)


@pytest.mark.parametrize("phase", list(Phase))
def test_the_notice_and_the_announcement_stand_on_every_page(phase):
    result = summary() if phase is Phase.RESULT else None
    found = words(painted((1280, 720), screen(phase, announcement=RECORDING, summary=result)))
    assert NOTICE in found
    assert RECORDING in found


def test_a_live_camera_is_not_called_a_recording():
    shown = screen(Phase.RESULT, summary=summary(recorded=False))
    assert RECORDING not in words(painted((1280, 720), shown))


def test_a_recorded_summary_is_announced_even_if_the_screen_forgot():
    assert RECORDING in words(painted((1280, 720), screen(Phase.RESULT, summary=summary())))


def test_whether_the_camera_is_on_is_said():
    assert CAMERA_OFF in words(painted((1280, 720), screen()))
    assert NOTHING_STORED in words(painted((1280, 720), screen(frame=picture())))
    assert CAMERA_ON in words(painted((720, 1280), screen(frame=picture())))


@pytest.mark.parametrize("size", SIZES)
def test_a_recording_is_no_camera_that_is_on(size):
    for shown in (screen(announcement=RECORDING), screen(frame=picture(), announcement=RECORDING)):
        found = words(painted(size, shown))
        assert NO_CAMERA in found
        assert not {CAMERA_ON, CAMERA_OFF, NOTHING_STORED} & set(found)


def test_what_waits_is_counted_only_while_something_waits():
    assert "Waiting to send: 4" in words(painted((1280, 720), screen(waiting=4)))
    assert not any("Waiting to send" in text for text in words(painted((1280, 720), screen(waiting=0))))


def test_trouble_is_said_on_any_page():
    assert "no broker" in words(painted((800, 480), screen(Phase.IDLE, trouble="no broker")))


def test_the_take_is_counted():
    found = words(painted((1280, 720), screen(Phase.TAKE)))
    assert "Take 2 of 3" in found
    assert "2/3" in found


def test_the_ring_fills_with_progress():
    def teal(progress):
        pixels = painted((1280, 720), screen(Phase.TAKE, progress=progress)).pixels.astype(int)
        return int((pixels[:, :, 1] - pixels[:, :, 2] > 80).sum())

    assert teal(None) == teal(0.0) < teal(0.4) < teal(0.9)


def test_the_result_page_has_code_words_uncertainty_flag_and_notes():
    found = words(painted((1280, 720), screen(Phase.RESULT, summary=summary(), notes=NOTES)))
    assert {"7K3M-QX2A", "5.4 ± 3.2°", FLAG_SIGNS["strong"].words, *NOTES} <= set(found)
    assert any(text.startswith("left shoulder higher by 5.4°") for text in found)


def test_without_a_result_the_reason_stands_there_and_no_number():
    found = " ".join(words(painted((1280, 720), screen(Phase.RESULT, summary=summary(outcome="not_measurable")))))
    assert "only one of three takes" in found
    assert "±" not in found


def test_without_a_result_each_take_says_what_became_of_it():
    result = summary(outcome="not_measurable")
    found = words(painted((1280, 720), screen(Phase.RESULT, summary=result)))
    assert {"Take 1", "good", "Take 2", "41 of 90 frames", "two people in view"} <= set(found)


def test_a_reason_that_was_said_above_is_not_repeated():
    result = summary(outcome="not_measurable")
    assert len(take_cards(result, "")) == 4
    assert len(take_cards(result, f"Sorry: {result.reason}.")) == 3


@pytest.mark.parametrize("size", SIZES)
def test_the_flag_of_every_measure_is_said_in_words(size):
    found = " ".join(words(painted(size, screen(Phase.RESULT, summary=summary()))))
    for card in cards_of(summary()):
        assert found.count(card.sign.words) >= sum(other.sign == card.sign for other in cards_of(summary()))


def test_a_measure_without_value_says_why():
    result = summary(px_per_m=None)
    lone = result.model_copy(update={"results": [one for one in result.results if one.id == "C9b"]})
    (card,) = cards_of(lone)
    assert card.sign == NO_VALUE
    assert card.number == ""
    assert card.words == lone.results[0].reason


def test_millimetres_share_the_card_of_their_angle_and_stand_in_for_it_never_alone():
    with_scale = {card.name: card for card in cards_of(summary())}
    without = {card.name: card for card in cards_of(summary(px_per_m=None))}
    assert len(with_scale) == len(without) == 7
    assert "mm)" in with_scale["shoulder tilt"].words
    assert with_scale["shoulders over hips, approximate"].number.endswith("mm")
    assert without["shoulders over hips, approximate"].number.endswith("%")


def test_a_number_is_never_parted_from_its_unit():
    for size in SIZES:
        for text in painted(size, screen(Phase.RESULT, summary=summary())).texts:
            assert not any(line.startswith(("mm", "%")) for line in text.paragraph.lines)
    (card,) = [card for card in cards_of(summary()) if card.name == "shoulder tilt"]
    assert "\u00a0mm" in card.words


def test_a_recovered_share_is_said():
    (card,) = [card for card in cards_of(summary()) if card.name == "pelvis tilt"]
    assert "filled in (25% of frames)" in card.words


def test_the_picture_is_shown_as_it_is_neither_mirrored_nor_stretched():
    frame = picture()
    canvas = painted((1280, 720), screen(frame=frame))
    row = canvas.pixels[400, 20:640].astype(int).mean(axis=1)
    inside = row[row > 36]
    assert (inside[5:200] - inside[:195]).mean() > 0
    assert abs(len(inside) - (720 / 1280) * _height_of(canvas, 60)) < 12


def _height_of(canvas, x):
    column = canvas.pixels[:, x].astype(int)
    grey = (abs(column[:, 0] - column[:, 2]) < 3) & (column[:, 0] > 36)
    return int(grey.sum())


def test_what_was_seen_in_another_frame_is_not_drawn():
    bare = painted((1280, 720), screen(frame=picture(index=7)))
    stale = painted((1280, 720), screen(frame=picture(index=7), observation=seen(index=6)))
    fresh = painted((1280, 720), screen(frame=picture(index=7), observation=seen(index=7)))
    assert (bare.pixels == stale.pixels).all()
    assert (bare.pixels != fresh.pixels).any()


def test_a_number_of_another_frame_is_not_written_on_the_picture():
    frame = picture()
    old = PERSON.at(0.9)
    shown = screen(frame=frame, observation=seen(), measures=live())
    assert "4.0°" in words(painted((1280, 720), shown))
    late = screen(frame=frame, observation=old.observation(7), measures=_measured(old))
    assert "4.0°" not in words(painted((1280, 720), late))


def _measured(person):
    from edge.spine.measures import measure
    from edge.spine.setup import Setup

    return measure(person.landmarks(), person.view, Setup())


def test_the_skeleton_alone_can_be_shown_instead_of_the_picture():
    canvas = Canvas((1280, 720), TYPEFACES["system"])
    dark, bright = picture(), picture()
    bright.image[...] = 255
    grounds = []
    for frame in (dark, bright):
        paint(canvas, screen(frame=frame, observation=seen(), measures=live()), Stage(show_picture=False, roll_deg=0.0))
        grounds.append(canvas.pixels.copy())
    assert (grounds[0] == grounds[1]).all()


def test_nobody_is_on_show_while_the_station_waits():
    dark, bright = picture(), picture()
    bright.image[...] = 255
    shown = [painted((1280, 720), screen(Phase.IDLE, frame=frame)).pixels for frame in (dark, bright)]
    assert (shown[0] == shown[1]).all()


@pytest.mark.parametrize("frame", [picture(1280, 720), picture(160, 120), picture(3840, 2160), None])
@pytest.mark.parametrize("size", SIZES)
def test_a_picture_of_any_shape_leaves_room_for_the_words(size, frame):
    canvas = painted(size, screen(frame=frame, measures=live(), **BUSY))
    assert all(text.paragraph.complete for text in canvas.texts), words(canvas)


def test_the_canvas_shares_its_memory_with_pygame():
    canvas = Canvas((64, 48), TYPEFACES["pygame"])
    canvas.surface.fill((1, 2, 3))
    assert (canvas.pixels == (3, 2, 1)).all()
    canvas.box(pygame.Rect(4, 4, 8, 8), FLAG_SIGNS["amber"].colour, 2)
    assert canvas.surface.get_at((8, 8))[:3] == FLAG_SIGNS["amber"].colour


def test_a_long_sentence_of_trouble_is_wrapped_not_lost():
    sentence = "the camera at /dev/video0 does not answer since 12 s, check its cable and its power, it is opened again"
    canvas = painted((720, 1280), screen(Phase.PAUSED, Guidance("x", "One moment.", "", Level.STOP), trouble=sentence))
    assert sentence in words(canvas)
