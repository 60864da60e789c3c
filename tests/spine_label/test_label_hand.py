"""A simulated hand before the real window: what it does is what is kept, and nothing else."""

import pygame
import pytest

from models.spine.label.points import GROUPS
from tests.spine_label.hand import C7, L3, NOW, OPERATOR, SHOULDER, T8, kept, site, sitting


@pytest.fixture
def hand(tmp_path):
    with sitting(site(tmp_path)) as hand:
        yield hand


def states(hand):
    return {number: point.state for number, point in enumerate(hand.desk.points) if point.touched}


def test_a_dropped_point_is_on_the_disk_at_once(hand, tmp_path):
    before = hand.point(C7).xy_px
    hand.drag(C7, (21, -13))
    scale = hand.page.view.scale
    there = kept(tmp_path, hand.open)["points"][C7]
    assert there["xy_px"] == pytest.approx([before[0] + 21 / scale, before[1] - 13 / scale], abs=0.001)
    assert (there["state"], there["operator"], there["utc"]) == ("corrected", OPERATOR, "2026-11-20T12:40:30Z")
    assert there["predicted_px"] == list(before)


def test_only_what_was_dragged_is_corrected(hand):
    hand.drag(C7, (21, -13))
    assert states(hand) == {C7: "corrected"}


def test_a_click_chooses_a_point_and_corrects_nothing(hand, tmp_path):
    x, y = hand.on_screen(C7)
    hand.press((x, y))
    hand.move((x + 1, y))
    hand.release((x + 1, y))
    assert hand.page.selected == C7
    assert states(hand) == {}
    assert not list((tmp_path / "labels").glob("[0-9a-f]*.json"))


def test_a_point_taken_beside_its_middle_does_not_jump(hand):
    before = hand.point(C7).xy_px
    x, y = hand.on_screen(C7)
    hand.press((x + 3, y))
    hand.release((x + 43, y))
    assert hand.point(C7).xy_px[0] - before[0] == pytest.approx(40 / hand.page.view.scale, abs=0.001)


def test_letting_go_in_the_middle_of_a_drag_leaves_the_point_where_it_was(hand):
    x, y = hand.on_screen(C7)
    hand.press((x, y))
    hand.move((x + 50, y))
    assert hand.page.place(C7) != hand.point(C7).xy_px
    hand.keys(pygame.K_ESCAPE)
    hand.release((x + 50, y))
    assert states(hand) == {}


def test_a_hand_that_holds_a_point_does_nothing_else(hand):
    hand.drag(T8, (20, 0))
    x, y = hand.on_screen(C7)
    hand.press((x, y))
    hand.move((x + 50, y))
    hand.keys(pygame.K_z, pygame.K_n, pygame.K_1)
    hand.release((x + 50, y))
    assert states(hand) == {T8: "corrected", C7: "corrected"}


def test_arrows_move_half_a_pixel_and_with_shift_five(hand, tmp_path):
    before = hand.point(C7).xy_px
    hand.choose(C7)
    hand.keys(pygame.K_LEFT, pygame.K_LEFT, pygame.K_UP)
    hand.keys(pygame.K_DOWN, shift=True)
    there = kept(tmp_path, hand.open)["points"][C7]["xy_px"]
    assert there == pytest.approx([before[0] - 1.0, before[1] + 4.5], abs=0.001)


def test_a_held_arrow_is_one_step_to_undo(hand):
    before = hand.point(C7).xy_px
    hand.choose(C7)
    hand.keys(*[pygame.K_RIGHT] * 9)
    assert hand.point(C7).xy_px[0] == pytest.approx(before[0] + 4.5)
    hand.keys(pygame.K_z)
    assert (hand.point(C7).xy_px, states(hand)) == (before, {})


def test_an_arrow_that_is_still_held_is_kept_before_the_next_picture(hand, tmp_path):
    first = hand.open
    hand.choose(C7)
    hand.post(pygame.KEYDOWN, key=pygame.K_RIGHT, mod=0)  # never let go
    hand.post(pygame.KEYDOWN, key=pygame.K_n, mod=0)
    hand.tool.step()
    assert hand.open != first
    assert kept(tmp_path, first)["points"][C7]["state"] == "corrected"


def test_hiding_says_nothing_about_the_place(hand, tmp_path):
    hand.choose(L3)
    hand.keys(pygame.K_h)
    there = kept(tmp_path, hand.open)["points"][L3]
    assert (there["hidden"], there["state"]) == (True, "predicted")
    hand.keys(pygame.K_h)
    assert kept(tmp_path, hand.open)["points"][L3]["hidden"] is False


def test_confirming_vouches_for_one_point_as_it_is(hand, tmp_path):
    hand.choose(T8)
    hand.keys(pygame.K_c)
    there = kept(tmp_path, hand.open)["points"][T8]
    assert (there["state"], there["xy_px"]) == ("confirmed", there["predicted_px"])
    assert states(hand) == {T8: "confirmed"}


def test_only_what_is_in_sight_is_confirmed_with_one_key(hand):
    hand.keys(pygame.K_3)  # the body is hidden
    hand.keys(pygame.K_c, shift=True)
    confirmed = set(states(hand))
    assert confirmed == set(GROUPS[0].members) | set(GROUPS[1].members)
    hand.keys(pygame.K_z)
    hand.choose(C7)
    hand.keys(*[pygame.K_PLUS] * 12)
    hand.keys(pygame.K_c, shift=True)
    assert C7 in states(hand)
    assert len(states(hand)) < 10


def test_a_corrected_point_is_not_confirmed_away(hand):
    hand.drag(C7, (21, -13))
    hand.keys(pygame.K_c, shift=True)
    assert states(hand)[C7] == "corrected"


def test_a_nudge_turns_confirmed_into_corrected(hand):
    hand.choose(T8)
    hand.keys(pygame.K_c, pygame.K_UP)
    assert states(hand) == {T8: "corrected"}


def test_a_point_can_be_left_as_predicted_again(hand, tmp_path):
    hand.drag(C7, (21, -13))
    hand.keys(pygame.K_DELETE)
    there = kept(tmp_path, hand.open)["points"][C7]
    assert (there["state"], there["operator"], there["hidden"]) == ("predicted", None, None)
    assert there["xy_px"] == there["predicted_px"]


def test_undo_and_redo_are_kept_too(hand, tmp_path):
    hand.drag(C7, (21, -13))
    moved = hand.point(C7)
    hand.drag(T8, (-15, 0))
    hand.keys(pygame.K_z, pygame.K_z)
    assert [one["state"] for one in kept(tmp_path, hand.open)["points"] if one["state"] != "predicted"] == []
    hand.keys(pygame.K_y)
    assert kept(tmp_path, hand.open)["points"][C7]["xy_px"] == list(moved.xy_px)
    hand.keys(pygame.K_y, pygame.K_y)
    assert states(hand) == {C7: "corrected", T8: "corrected"}
    assert hand.page.message == "Nothing was taken back."


def test_a_change_after_an_undo_replaces_what_was_taken_back(hand):
    hand.drag(C7, (21, -13))
    hand.keys(pygame.K_z)
    hand.drag(T8, (-15, 0))
    hand.keys(pygame.K_y)
    assert states(hand) == {T8: "corrected"}


def test_space_puts_the_chosen_point_under_the_pointer(hand):
    hand.choose(C7)
    hand.move((300, 200))
    hand.keys(pygame.K_SPACE)
    assert hand.page.view.to_screen(hand.point(C7).xy_px) == pytest.approx((300.5, 200.5), abs=0.01)


def test_tab_visits_the_shown_points_only_and_comes_round(hand):
    visited = []
    hand.keys(pygame.K_2, pygame.K_3)
    for _ in range(len(GROUPS[0].members) + 1):
        hand.keys(pygame.K_TAB)
        visited.append(hand.page.selected)
    assert tuple(visited[:-1]) == GROUPS[0].members
    assert visited[-1] == visited[0]
    hand.keys(pygame.K_TAB, shift=True)
    assert hand.page.selected == visited[-2]


def test_a_hidden_group_cannot_be_taken(hand):
    hand.choose(SHOULDER)
    at = hand.on_screen(SHOULDER)
    hand.keys(pygame.K_3, pygame.K_2)
    assert hand.page.selected is None
    hand.click(at)
    assert hand.page.selected is None
    hand.keys(pygame.K_3)
    hand.click(at)
    assert hand.page.selected == SHOULDER


def test_quitting_in_the_middle_of_a_drag_drops_nothing_and_loses_nothing(hand, tmp_path):
    hand.drag(T8, (20, 0))
    x, y = hand.on_screen(C7)
    hand.post(pygame.MOUSEBUTTONDOWN, pos=(x, y), button=1, touch=False)
    hand.post(pygame.MOUSEMOTION, pos=(x + 40, y), rel=(0, 0), buttons=(1, 0, 0), touch=False)
    hand.post(pygame.QUIT)
    hand.tool.run()
    points = kept(tmp_path, hand.open)["points"]
    assert (points[T8]["state"], points[C7]["state"]) == ("corrected", "predicted")


def test_whoever_comes_back_finds_the_corrections_and_the_next_picture(tmp_path):
    with sitting(site(tmp_path)) as hand:
        first = hand.open
        hand.drag(C7, (21, -13))
        left = hand.point(C7)
        hand.keys(pygame.K_q)
        assert hand.page.done
    with sitting(tmp_path) as hand:
        assert hand.open != first
        hand.keys(pygame.K_p)
        assert hand.open == first
        assert hand.point(C7) == left
        hand.drag(T8, (10, 10))
        assert states(hand) == {C7: "corrected", T8: "corrected"}


def test_times_are_the_clocks(hand, tmp_path):
    hand.drag(C7, (21, -13))
    assert kept(tmp_path, hand.open)["utc"] == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
