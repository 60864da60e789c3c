"""What the window shows: every key, every sentence in its place, the picture where it is looked at."""

import pygame
import pytest

from models.spine.label.keys import HELP, LISTED, Do
from models.spine.label.layout import layout
from models.spine.label.points import GROUPS
from tests.spine_label.hand import C7, SHOULDER, WINDOW_PX, site, sitting


@pytest.fixture
def hand(tmp_path):
    with sitting(site(tmp_path)) as hand:
        yield hand


def states(hand):
    return {number: point.state for number, point in enumerate(hand.desk.points) if point.touched}


def test_everything_listed_is_done_by_a_click_on_its_line(hand):
    parts = layout(WINDOW_PX)
    places = {button.means: button.rect.center for button in parts.buttons}
    hand.click(places[Do.NEXT_POINT])
    hand.click(places[Do.CONFIRM])
    assert len(states(hand)) == 1
    hand.click(places[Do.UNDO])
    assert states(hand) == {}
    hand.click(places[0])
    assert 0 not in hand.page.shown
    hand.click(places[Do.NEXT])
    assert hand.desk.place == 1
    hand.click(places[Do.QUIT])
    assert hand.page.done


def test_every_key_stands_on_the_screen(hand):
    hand.tool.refresh()
    written = [" ".join(text.paragraph.lines) for text in hand.tool.canvas.texts]
    for one in LISTED:
        assert one.cap in written
        assert one.words in written
    assert HELP in written
    assert all(group.words in written for group in GROUPS)


@pytest.mark.parametrize("size_px", [(1280, 720), (1024, 768), (1920, 1080), (800, 600)])
def test_no_text_of_the_panel_leaves_it_or_covers_another(hand, size_px):
    hand.post(pygame.VIDEORESIZE, w=size_px[0], h=size_px[1], size=size_px)
    hand.tool.step()
    hand.keys(pygame.K_TAB)
    panel = pygame.Rect(hand.page.parts.stage.right, 0, size_px[0] - hand.page.parts.stage.width, size_px[1])
    texts = [text for text in hand.tool.canvas.texts if text.place.left >= panel.left]
    assert len(texts) > 40
    assert all(panel.contains(text.place) for text in texts), [
        t.paragraph.lines for t in texts if not panel.contains(t.place)
    ]
    for place, text in enumerate(texts):
        assert text.place.inflate(-2, -4).collidelist([other.place.inflate(-2, -4) for other in texts[place + 1 :]]) < 0


def test_the_wheel_zooms_about_the_pointer_and_the_right_button_moves(hand):
    hand.move((400, 300))
    under = hand.page.view.to_picture((400, 300))
    hand.post(pygame.MOUSEWHEEL, x=0, y=3)
    hand.tool.step()
    assert hand.page.view.to_picture((400, 300)) == pytest.approx(under)
    closer = hand.page.view
    hand.press((400, 300), button=3)
    hand.move((430, 280))
    hand.release((430, 280), button=3)
    assert (hand.page.view.x_px - closer.x_px, hand.page.view.y_px - closer.y_px) == pytest.approx((30, -20))
    assert states(hand) == {}
    hand.keys(pygame.K_0)
    assert hand.page.view.scale < closer.scale


def test_the_loupe_shows_what_lies_under_a_dragged_point(hand):
    resting = hand.tool.canvas.pixels[14:240, 14:240].copy()
    x, y = hand.on_screen(C7)
    hand.press((x, y))
    hand.move((x + 30, y))
    held = hand.tool.canvas.pixels[14:240, 14:240].copy()
    assert (held != resting).mean() > 0.5
    hand.release((x + 30, y))
    assert (hand.tool.canvas.pixels[14:240, 14:240] == resting).all()


def test_the_ends_of_the_pile_are_said(hand):
    hand.keys(pygame.K_p)
    assert hand.page.message == "This is the first picture."
    hand.keys(pygame.K_n, pygame.K_n, pygame.K_n)
    assert (hand.desk.place, hand.page.message) == (2, "This is the last picture.")


def test_keys_that_need_a_point_say_so(hand):
    for key in (pygame.K_c, pygame.K_h, pygame.K_DELETE, pygame.K_SPACE):
        hand.keys(key)
        assert hand.page.message == "Choose a point first: click it, or press Tab."
    hand.keys(pygame.K_LEFT)
    assert states(hand) == {}


def test_the_picture_moves_only_when_the_chosen_point_is_out_of_sight(hand):
    whole = hand.page.view
    for _ in hand.page.numbers:
        hand.keys(pygame.K_TAB)
        assert hand.page.view == whole
    hand.choose(C7)
    hand.keys(*[pygame.K_PLUS] * 10)
    hand.keys(pygame.K_TAB, pygame.K_TAB, pygame.K_TAB, shift=True)
    assert hand.page.selected in hand.page.in_sight()
    hand.choose(SHOULDER)
    assert SHOULDER in hand.page.in_sight()
