"""Hidden joints are filled in from the last second; what was seen is never touched."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.errors import ModelError
from edge.occlusion.found import Found, completed
from edge.occlusion.recoverer import Recoverer
from edge.occlusion.window import SAMPLES
from edge.pose.landmarks import COUNT, Joint
from edge.spine.measures import measure
from edge.spine.setup import Setup
from edge.vision import plausible
from tests.occlusion.recovering import ARM, HoldingEngine, fed, frames, untouched
from tests.people import SIZE_PX, Person, standing

ALL = tuple(Joint)


def hidden_after(seen_frames: int, hidden_frames: int, hidden=ARM, *, fps: float = 30.0, **posture):
    yield from frames(seen_frames, fps=fps, **posture)
    later = 10.0 + seen_frames / fps
    yield from frames(hidden_frames, fps=fps, start_s=later, hidden=hidden, **posture)


def test_a_joint_that_gets_hidden_is_filled_in_and_says_that_it_was():
    recovered = fed(Recoverer(HoldingEngine(aside=0.0)), hidden_after(30, 5))
    assert sorted(np.flatnonzero(recovered.recovered)) == sorted(ARM)
    true = standing()
    assert np.abs(recovered.xyz_px[list(ARM), :2] - true.xyz_px[list(ARM), :2]).max() < 5.0
    assert np.abs(recovered.world_m[list(ARM), :2] - true.world_m[list(ARM), :2]).max() < 0.02
    assert not recovered.seen[list(ARM)].any()
    assert recovered.known.all()


def test_how_uncertain_it_is_comes_in_pixels_and_is_stated_of_recovered_joints_only():
    recovered = fed(Recoverer(HoldingEngine(sd=0.05)), hidden_after(30, 5))
    assert recovered.sd_px is not None
    body = standing().xyz_px[[0, *range(11, 17), *range(23, 29)], :2]
    spread = np.sqrt(((body - body.mean(axis=0)) ** 2).sum(axis=1).mean())
    assert recovered.sd_px[list(ARM)] == pytest.approx(0.05 * spread, rel=0.1)
    assert np.isnan(recovered.sd_px[recovered.seen]).all()


def test_what_is_recovered_is_plausible_and_a_measure_on_it_says_so():
    hidden = (Joint.LEFT_SHOULDER,)
    recovered = fed(Recoverer(HoldingEngine(sd=0.004)), hidden_after(30, 5, hidden))
    assert plausible(recovered, SIZE_PX)
    tilt = measure(recovered, Person().view, Setup()).by_id["C1"]
    assert tilt.value is not None
    assert tilt.recovered


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sets(st.sampled_from(ALL), max_size=COUNT), min_size=1, max_size=12), st.floats(-2, 2))
def test_no_seen_joint_is_ever_touched(script, aside):
    recoverer = Recoverer(HoldingEngine(aside=aside))
    for k, hidden in enumerate(script):
        before = Person(jitter_px=1.0, seed=k, time_s=k / 30, hidden=tuple(hidden)).landmarks()
        copies = before.xyz_px.copy(), before.score.copy()
        after = recoverer.recover(before)
        assert untouched(before, after)
        assert np.array_equal(before.xyz_px, copies[0])
        assert np.array_equal(before.score, copies[1])


def test_without_the_construction_seen_joints_would_be_touched():
    """The check above can fail: what a network says of seen joints, written down, is noticed."""
    before = standing(hidden=ARM)
    network_says = Found(np.ones(COUNT, np.bool_), before.xyz_px[:, :2] + 3.0, np.full(COUNT, 4.0))
    assert untouched(before, completed(before, network_says))
    blind = replace(before, score=np.zeros(COUNT, np.float32))  # nothing counts as seen: every joint is written
    assert not untouched(before, replace(completed(blind, network_says), score=before.score))


def test_one_frame_with_most_joints_is_enough_for_a_hidden_hand_and_too_little_for_a_hidden_body():
    hand = (Joint.LEFT_PINKY,)
    assert fed(Recoverer(HoldingEngine()), frames(1, hidden=hand)).recovered[hand[0]]
    half = tuple(joint for joint in Joint if joint >= Joint.LEFT_HIP)
    only = fed(Recoverer(HoldingEngine()), frames(1, hidden=half))
    assert not only.recovered.any()
    assert only.sd_px is None


def test_a_joint_nobody_ever_saw_is_recovered_only_beside_a_seen_one():
    legs = tuple(Joint[f"LEFT_{part}"] for part in ("KNEE", "ANKLE", "HEEL", "FOOT_INDEX"))
    recovered = fed(Recoverer(HoldingEngine()), frames(30, hidden=legs)).recovered
    assert recovered[Joint.LEFT_KNEE]
    assert not recovered[[Joint.LEFT_ANKLE, Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX]].any()


def test_a_joint_the_network_knows_nothing_about_stays_hidden():
    recovered = fed(Recoverer(HoldingEngine(sd=0.6)), hidden_after(30, 5))
    assert not recovered.recovered.any()
    assert not recovered.known[list(ARM)].any()


@pytest.mark.parametrize(("frames_hidden", "known"), [(7, True), (12, False)])
def test_a_whole_person_who_is_hidden_is_known_for_a_quarter_of_a_second(frames_hidden, known):
    recovered = fed(Recoverer(HoldingEngine()), hidden_after(30, frames_hidden, ALL))
    assert bool(recovered.recovered.any()) is known


def test_a_person_of_whom_nothing_was_ever_seen_stays_hidden():
    engine = HoldingEngine()
    recovered = fed(Recoverer(engine), frames(30, hidden=ALL))
    assert not recovered.known.any()
    assert engine.inputs == []


def test_without_a_hidden_joint_the_network_is_not_asked():
    engine, seen = HoldingEngine(), standing()
    assert Recoverer(engine).recover(seen) is seen
    assert engine.inputs == []


@pytest.mark.parametrize("name", ["xyz_px", "world_m", "score", "time_s"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_frame_with_something_that_is_no_number_comes_back_as_it_is_and_is_forgotten(name, value):
    straight, disturbed = Recoverer(HoldingEngine()), Recoverer(HoldingEngine())
    people = list(hidden_after(20, 5))
    nonsense = people[10]
    if name == "time_s":
        nonsense = replace(nonsense, time_s=value)
    else:
        spoilt = getattr(nonsense, name).copy()
        spoilt.flat[7] = value
        nonsense = replace(nonsense, **{name: spoilt})
    expected = fed(straight, people[:10] + people[11:])
    fed(disturbed, people[:10])
    assert disturbed.recover(nonsense) is nonsense
    assert np.array_equal(fed(disturbed, people[11:]).xyz_px, expected.xyz_px)


@pytest.mark.parametrize("later_s", [-0.2, 0.0, 0.6])
def test_after_a_gap_or_a_clock_that_runs_back_nothing_is_remembered(later_s):
    recoverer = Recoverer(HoldingEngine())
    last = fed(recoverer, frames(30))
    after = replace(standing(hidden=tuple(j for j in Joint if j >= Joint.LEFT_HIP)), time_s=last.time_s + later_s)
    assert not recoverer.recover(after).recovered.any()
    soon = replace(after, time_s=last.time_s + 0.4)
    other = Recoverer(HoldingEngine())
    fed(other, frames(30))
    assert other.recover(soon).recovered[[Joint.LEFT_HIP, Joint.RIGHT_ANKLE]].all()


@pytest.mark.parametrize("fps", [5.0, 12.0, 15.0, 30.0, 59.94, 120.0])
def test_any_frame_rate_gives_the_same_recovery(fps):
    count = round(1.2 * fps)
    engine = HoldingEngine(aside=0.0)
    recovered = fed(Recoverer(engine), hidden_after(count, max(1, round(0.2 * fps)), fps=fps))
    assert recovered.recovered[list(ARM)].all()
    assert np.abs(recovered.xyz_px[list(ARM), :2] - standing().xyz_px[list(ARM), :2]).max() < 6.0
    assert engine.inputs[-1]["tokens"].shape == (1, SAMPLES, COUNT, 8)


def test_only_what_was_captured_counts_and_never_when_it_was_looked_at():
    people = list(hidden_after(30, 6))
    one, other = Recoverer(HoldingEngine()), Recoverer(HoldingEngine())
    later = [replace(person, time_s=person.time_s + 86_400.0) for person in people]
    for person, same in zip(people, later, strict=True):
        a, b = one.recover(person), other.recover(same)
        assert np.allclose(a.xyz_px, b.xyz_px, atol=1e-3)
        assert np.array_equal(a.recovered, b.recovered)


def test_what_was_recovered_is_not_taken_for_seen_in_the_next_frames():
    engine = HoldingEngine(aside=0.3)
    recoverer = Recoverer(engine)
    first = fed(recoverer, hidden_after(30, 1))
    for landmarks in frames(10, start_s=11.0 + 1 / 30, hidden=ARM):
        last = recoverer.recover(landmarks)
    # Were the answer fed back, it would run away by 0.3 spreads a frame.
    assert np.abs(last.xyz_px[list(ARM), :2] - first.xyz_px[list(ARM), :2]).max() < 10.0


def test_a_joint_that_was_just_hidden_is_not_remembered_where_its_calmed_score_still_calls_it_seen():
    """A score is calmed over some frames: until it falls, the place that the network guesses runs away."""
    misled, told = Recoverer(HoldingEngine(aside=0.0)), Recoverer(HoldingEngine(aside=0.0))
    fed(misled, frames(30))
    fed(told, frames(30))
    own_score = np.full(COUNT, 0.95)
    own_score[list(ARM)] = 0.1
    for guessed in frames(6, start_s=11.0):
        guessed.xyz_px[list(ARM), 0] += 80.0
        misled.recover(guessed)
        told.recover(guessed, own_score)
    (after,) = frames(1, start_s=11.2, hidden=ARM)
    true = standing().xyz_px[list(ARM), 0]
    assert np.abs(told.recover(after, own_score).xyz_px[list(ARM), 0] - true).max() < 5.0
    assert np.abs(misled.recover(after).xyz_px[list(ARM), 0] - true).max() > 70.0


def test_a_network_that_fails_is_said_and_a_reset_forgets_the_person():
    engine = HoldingEngine()
    recoverer = Recoverer(engine)
    fed(recoverer, frames(30))
    engine.broken = True
    hidden = standing(hidden=ARM)
    with pytest.raises(ModelError):
        recoverer.recover(replace(hidden, time_s=11.0))
    engine.broken = False
    recoverer.reset()
    half = tuple(joint for joint in Joint if joint >= Joint.LEFT_HIP)
    assert not recoverer.recover(replace(standing(hidden=half), time_s=11.1)).recovered.any()
