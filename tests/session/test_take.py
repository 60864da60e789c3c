from dataclasses import replace

import numpy as np
import pytest

from edge.guidance.recent import Recent
from edge.pose.landmarks import Joint
from edge.pose.spine_points import SPINE_COUNT, SpinePoint
from edge.session.protocol import ScreeningProtocol
from edge.session.quality import judge
from edge.session.sighting import Sighting, look
from edge.session.take import Take
from edge.spine.catalogue import CATALOGUE
from edge.spine.setup import Setup
from tests.people import SIZE_PX, Person, nobody
from tests.stick import spine_points

STILL = Person(jitter_px=0.3)
SCALED = Setup(px_per_m=600.0)


def sightings(people, setup: Setup = SCALED, crowd=frozenset()) -> list[Sighting]:
    """What a session makes of one person per frame; None is an empty picture."""
    seen = [
        nobody(k / 30, k)
        if person is None
        else replace(person, time_s=k / 30, seed=k).observation(k, 2 if k in crowd else 1)
        for k, person in enumerate(people)
    ]
    return look(seen, SIZE_PX, ScreeningProtocol(), setup, Recent())


def test_a_still_person_may_be_used():
    assert judge(sightings([STILL] * 90), 90) == ()
    assert judge(sightings([STILL] * 90, Setup()), 90) == ()


def test_nine_tenths_of_the_frames_due_are_enough_and_less_is_not():
    assert judge(sightings([STILL] * 81), 90) == ()
    assert judge(sightings([STILL] * 80), 90) == ("only 88 % of the frames could be used: pictures are missing",)


def test_the_most_frequent_cause_is_named():
    assert judge(sightings([STILL] * 90, crowd=range(40, 60)), 90) == (
        "only 77 % of the frames could be used: One person at a time, please.",
    )


@pytest.mark.parametrize(("setup", "words"), [(SCALED, "swayed by 8 mm"), (Setup(), "swayed by 1.8 % of the trunk's")])
def test_swaying_is_refused_with_and_without_a_scale(setup, words):
    swaying = [replace(STILL, shift_m=0.008 * (-1) ** (k // 15)) for k in range(90)]
    assert any(reason.startswith(words) for reason in judge(sightings(swaying, setup), 90))


def test_a_shoulder_line_that_trembles_is_refused():
    trembling = [replace(STILL, shoulder_tilt_deg=0.9 * (-1) ** k) for k in range(90)]
    assert judge(sightings(trembling), 90) == ("shoulder line not steady (standard deviation 0.9°)",)


def test_a_person_out_of_sight_for_a_moment_may_have_been_swapped():
    gone = [STILL] * 50 + [None] * 9 + [STILL] * 41
    assert judge(sightings(gone), 100) == ("out of sight for 0.3 s",)


def test_a_blink_of_the_network_is_no_swap():
    assert judge(sightings([STILL] * 50 + [None] * 5 + [STILL] * 45), 100) == ()


@pytest.mark.parametrize("other", [replace(STILL, shift_m=0.14), Person(stature_m=1.3, jitter_px=0.3)])
def test_a_jump_in_place_or_size_is_somebody_else(other):
    assert "somebody else may have stepped in" in judge(sightings([STILL] * 50 + [other] * 50), 100)


def full(people) -> Take:
    take = Take(1, start_s=0.0, length_s=1.0, due_hz=30)
    for sighting in sightings(people):
        take.add(sighting)
    return take


def test_a_take_keeps_the_medians_of_its_usable_frames():
    record = full([replace(STILL, shoulder_tilt_deg=4.0)] * 30).finish()
    assert record.accepted
    assert record.measures["C1"].value == pytest.approx(4.0, abs=0.1)
    assert (record.frames_due, record.frames_usable) == (30, 30)
    assert record.px_per_m == 600.0


def test_frames_before_and_after_a_take_are_not_its_own():
    take = Take(1, start_s=1.0, length_s=1.0, due_hz=30)
    for sighting in sightings([STILL] * 100):
        take.add(sighting)
    assert take.finish().frames_usable == 30


def test_a_measure_that_too_few_frames_have_is_unknown_and_the_others_are_not():
    blinded = replace(STILL, hidden=(Joint.RIGHT_EAR,))
    record = full([STILL] * 25 + [blinded] * 5).finish()
    assert record.measures["C7"].value is None
    assert record.measures["C7"].reason == "right ear not seen"
    assert record.measures["C1"].value is not None
    assert full([STILL] * 28 + [blinded] * 2).finish().measures["C7"].value is not None


def test_a_take_thrown_away_keeps_no_number():
    record = full([STILL] * 30).throw_away(0.6, "the person left")
    assert (record.accepted, record.reasons, record.duration_s) == (False, ("the person left",), 0.6)
    assert record.measures == {}


def test_a_take_waits_for_its_last_answers():
    take = Take(1, start_s=0.0, length_s=1.0, due_hz=30)
    assert not take.is_over(1.1, newest_s=0.95)
    assert take.is_over(1.1, newest_s=1.0)
    assert take.is_over(1.2, newest_s=0.95)


def read_finely(person, k, sd_px=1.0, tilt_deg=5.0):
    """A frame in which the spine network read another shoulder tilt, and a spine."""
    coarse = replace(person, time_s=k / 30, seed=k).observation(k, 1)
    finer = replace(replace(person, shoulder_tilt_deg=tilt_deg).landmarks(), sd_px=np.full(33, sd_px, np.float32))
    spine = spine_points(np.tile(finer.xyz_px[Joint.LEFT_HIP, :2], (SPINE_COUNT, 1)), sd_px=sd_px)
    spine.xy_px[SpinePoint.C7] = spine.xy_px[SpinePoint.SACRUM] + [6.0, -250.0]
    return replace(coarse, finer=finer, spine=spine)


def taken(observations):
    take = Take(1, start_s=0.0, length_s=len(observations) / 30, due_hz=30)
    for sighting in look(observations, SIZE_PX, ScreeningProtocol(), SCALED, Recent()):
        take.add(sighting)
    return take.finish()


def coarsely(k):
    return replace(STILL, time_s=k / 30, seed=k).observation(k, 1)


def test_a_take_the_spine_network_read_is_measured_on_its_frames_alone():
    record = taken([coarsely(k) if k < 15 else read_finely(STILL, k) for k in range(60)])
    assert record.accepted
    assert record.measures["C1"].value == pytest.approx(5.0, abs=0.05)
    assert record.measures["C5"].value == pytest.approx(10.0, abs=0.1)
    assert record.measures["C6"].sd > 0
    alone_deg = np.degrees(np.sqrt(2) / (0.18 * 1.6 * 600))  # less what both shoulders err by together
    assert 0.7 * alone_deg < record.measures["C1"].sd < alone_deg


def test_a_take_it_hardly_read_is_measured_as_without_it():
    record = taken([read_finely(STILL, k) if k % 3 == 0 else coarsely(k) for k in range(60)])
    assert record.measures["C1"].value == pytest.approx(0.0, abs=0.3)
    assert record.measures["C1"].sd is None
    assert "C5" not in record.measures


def test_a_take_without_it_has_the_measures_of_the_landmarks_alone():
    assert set(taken([coarsely(k) for k in range(60)]).measures) == set(CATALOGUE)


def test_the_change_to_the_finer_network_is_no_unsteadiness():
    half = [coarsely(k) if k % 2 else read_finely(STILL, k) for k in range(60)]
    assert taken(half).reasons == ()
