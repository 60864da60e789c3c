import numpy as np
import pytest

from edge.occlusion.known_answer import question
from edge.occlusion.window import BODY, INPUTS, OUTPUTS, SAMPLES, STEP_S, Window, decode, encode, resample
from edge.pose.landmarks import COUNT, Joint

ELBOW = Joint.LEFT_ELBOW


def film(rate_hz: float, seconds: float = 2.0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """A body that walks to the right at 30 px/s, every landmark at a place of its own."""
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    places = 200.0 + 100.0 * np.random.default_rng(4).random((COUNT, 2))
    xy = places + np.stack([30.0 * times, np.zeros_like(times)], axis=-1)[:, None]
    return times, xy, np.full((len(times), COUNT), 0.9), np.ones((len(times), COUNT), bool)


def hidden_elbow(samples: int) -> Window:
    times, xy, score, seen = film(15.0)
    seen[len(times) - samples :, ELBOW] = False
    return resample(times, xy, score, seen)


@pytest.mark.parametrize("rate_hz", [5.0, 15.0, 24.0, 30.0, 120.0])
def test_any_frame_rate_gives_the_same_sixteen_samples(rate_hz):
    times, xy, score, seen = film(rate_hz)
    window = resample(times, xy, score, seen)
    wanted = times[-1] + STEP_S * np.arange(1 - SAMPLES, 1)
    assert window.seen.all()
    np.testing.assert_allclose(
        window.xy_px[0, :, :, 0] - xy[0, :, 0], 30.0 * np.tile(wanted[:, None], COUNT), atol=1e-6
    )


def test_nothing_later_than_a_sample_is_looked_at():
    times, xy, score, seen = film(30.0)
    now = resample(times[:45], xy[:45], score[:45], seen[:45])
    xy[45:] = 9999.0
    again = resample(times[:45], xy[:45], score[:45], seen[:45])
    np.testing.assert_array_equal(now.xy_px, again.xy_px)


def test_before_the_first_frame_nothing_was_seen():
    times, xy, score, seen = film(15.0)
    window = resample(times[:5], xy[:5], score[:5], seen[:5])
    assert not window.seen[0, : SAMPLES - 5].any()
    assert window.seen[0, SAMPLES - 5 :].all()


def test_one_frame_is_a_window_of_one_sample():
    times, xy, score, seen = film(15.0)
    window = resample(times[:1], xy[:1], score[:1], seen[:1])
    assert window.seen[0].sum(axis=1).tolist() == [0] * 15 + [COUNT]
    assert encode(window).usable[0]


def test_no_frame_at_all_is_a_window_nothing_can_be_said_about():
    times, xy, score, seen = film(15.0)
    encoded = encode(resample(times[:0], xy[:0], score[:0], seen[:0]))
    assert not encoded.usable[0]
    assert all(np.isfinite(values).all() for values in encoded.inputs.values())


def test_all_joints_hidden_is_a_window_nothing_can_be_said_about():
    times, xy, score, seen = film(15.0)
    encoded = encode(resample(times, xy, score, np.zeros_like(seen)))
    assert not encoded.usable[0]
    assert all(np.isfinite(values).all() for values in encoded.inputs.values())


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30])
def test_a_position_that_is_no_number_counts_as_not_seen(bad):
    times, xy, score, seen = film(15.0)
    xy[-3:, ELBOW, 0] = bad
    window = resample(times, xy, score, seen)
    assert not window.seen[0, -3:, ELBOW].any()
    assert window.seen[0, :-3, ELBOW].all()
    assert all(np.isfinite(values).all() for values in encode(window).inputs.values())


@pytest.mark.parametrize("times", [[0.0, 0.2, 0.1], [0.0, 0.1, 0.1], [0.0, np.nan, 0.2]])
def test_time_that_does_not_rise_is_refused(times):
    _, xy, score, seen = film(15.0)
    with pytest.raises(ValueError, match="rise"):
        resample(np.array(times), xy[:3], score[:3], seen[:3])


def test_across_a_long_gap_nothing_is_seen():
    times, xy, score, seen = film(15.0)
    times[20:] += 0.4
    window = resample(times, xy, score, seen)
    dark = ~window.seen[0].all(axis=1)
    assert 5 <= dark.sum() <= 7


def test_inputs_have_the_shapes_the_network_was_promised():
    inputs = encode(hidden_elbow(5)).inputs
    assert {name: values.shape for name, values in inputs.items()} == dict(INPUTS)
    assert all(values.dtype == np.float32 for values in inputs.values())
    assert {name: values.shape for name, values in question().items()} == dict(INPUTS)


def test_where_a_hidden_joint_really_is_changes_nothing():
    times, xy, score, seen = film(15.0)
    seen[-5:, ELBOW] = False
    before = encode(resample(times, xy, score, seen))
    xy[-5:, ELBOW] += 500.0
    after = encode(resample(times, xy, score, seen))
    for name in INPUTS:
        np.testing.assert_array_equal(before.inputs[name], after.inputs[name])
    np.testing.assert_array_equal(before.centre_px, after.centre_px)
    np.testing.assert_array_equal(before.spread_px, after.spread_px)


def test_a_bigger_person_elsewhere_gives_the_same_inputs():
    window = hidden_elbow(5)
    other = Window(3.0 * window.xy_px + np.array([70.0, -40.0]), window.score, window.seen)
    for name, values in encode(window).inputs.items():
        np.testing.assert_allclose(values, encode(other).inputs[name], atol=1e-4)


def test_a_hidden_joint_is_held_and_a_gap_is_bridged():
    window = hidden_elbow(4)
    window.seen[0, 5:8, Joint.RIGHT_KNEE] = False
    encoded = encode(window)
    tokens = encoded.inputs["tokens"][0]
    for sample in range(SAMPLES - 4, SAMPLES):
        np.testing.assert_allclose(tokens[sample, ELBOW, :2], tokens[SAMPLES - 5, ELBOW, :2], atol=1e-6)
    assert tokens[-1, ELBOW, 4:7].tolist() == [1.0, 4 / SAMPLES, 1.0]
    truth = (window.xy_px[0, 6, Joint.RIGHT_KNEE] - encoded.centre_px[0]) / encoded.spread_px[0]
    np.testing.assert_allclose(tokens[6, Joint.RIGHT_KNEE, :2], truth, atol=1e-5)


def test_a_joint_that_moved_glides_on_and_slows_down():
    tokens = encode(hidden_elbow(8)).inputs["tokens"][0]
    glide = tokens[-8:, ELBOW, 2]
    steps = np.diff(np.concatenate([[0.0], glide]))
    assert (steps > 0.0).all()
    assert (np.diff(steps) < 0.0).all()


def test_the_pick_of_the_last_sight_is_where_the_joint_was_seen_last():
    held = encode(hidden_elbow(4)).inputs["held_from"][0]
    assert held[ELBOW].argmax(axis=1).tolist() == [*range(12), 11, 11, 11, 11]
    np.testing.assert_array_equal(held.sum(axis=-1), 1.0)


def test_a_joint_never_seen_has_no_last_sight():
    held = encode(hidden_elbow(30)).inputs["held_from"][0]
    assert not held[ELBOW].any()


def test_poses_know_only_what_the_newest_sample_sees_too():
    inputs = encode(hidden_elbow(4)).inputs
    assert not inputs["poses"][0, :, ELBOW].any()
    assert inputs["poses"][0, :, Joint.LEFT_WRIST, 2].all()
    assert (inputs["pose_frames"][0, :, 3] == 1.0).all()


def test_a_hidden_person_has_no_pose():
    window = hidden_elbow(0)
    window.seen[0, -2:] = False
    inputs = encode(window).inputs
    assert not inputs["poses"].any()
    assert not inputs["pose_frames"].any()


def test_what_comes_out_is_read_back_in_pixels():
    window = hidden_elbow(4)
    encoded = encode(window)
    truth = (window.xy_px[:, -1] - encoded.centre_px[:, None]) / encoded.spread_px[:, None, None]
    outputs = {"position": truth.astype(np.float32), "log_sd": np.full(OUTPUTS["log_sd"], np.log(0.1), np.float32)}
    xy_px, sd_px = decode(outputs, encoded)
    np.testing.assert_allclose(xy_px, window.xy_px[:, -1], atol=1e-3)
    np.testing.assert_allclose(sd_px, 0.1 * encoded.spread_px[0], rtol=1e-5)


def test_body_joints_decide_the_frame_not_the_eleven_points_of_the_face():
    window = hidden_elbow(0)
    faceless = Window(window.xy_px, window.score, window.seen & np.isin(np.arange(COUNT), BODY))
    apart = np.linalg.norm(encode(window).centre_px - encode(faceless).centre_px)
    assert apart < 0.05 * encode(window).spread_px[0]
