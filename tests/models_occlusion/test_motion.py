import numpy as np
import pytest

from edge.errors import ConfigError
from edge.occlusion.window import BODY
from edge.pose.landmarks import COUNT, Joint
from models.occlusion.camera import MIRRORED, disturbed, otherwise_put, random_shots, shots
from models.occlusion.key_poses import ANGLES, LYING, PAIRS, POSES, SPORTS, mirrored
from models.occlusion.library import joined
from models.occlusion.puppet import FRAMES, QUICK, STORIES, SUDDEN, puppet_clips
from models.occlusion.recordings import FILES, MAY_TRAIN, read
from models.occlusion.stance import GOING, PRONE, STEPPING, SUPINE


@pytest.fixture(scope="module")
def puppets():
    return joined(list(puppet_clips(12, 3)))


def test_puppets_keep_their_bones(puppets):
    for one, other in ((11, 13), (13, 15), (23, 25), (25, 27), (23, 24), (7, 8)):
        bones = np.linalg.norm(puppets.xyz[:, one] - puppets.xyz[:, other], axis=-1).reshape(-1, FRAMES)
        assert (bones.std(axis=1) < 1e-3 * bones.mean(axis=1)).all()


def test_puppets_move_no_faster_than_people(puppets):
    speed_m_s = 30.0 * np.linalg.norm(np.diff(puppets.xyz.reshape(-1, FRAMES, COUNT, 3), axis=1), axis=-1)
    assert np.percentile(speed_m_s, 99) < 15.0
    assert np.median(speed_m_s) > 0.02


def test_two_seeds_are_two_people():
    first, second = (next(iter(puppet_clips(1, seed))) for seed in (1, 2))
    assert np.abs(first.xyz - second.xyz).max() > 0.05
    np.testing.assert_array_equal(first.xyz, next(iter(puppet_clips(1, 1))).xyz)


def test_a_pose_mirrored_twice_is_itself():
    for pose in POSES.values():
        np.testing.assert_array_equal(mirrored(mirrored(pose)), pose)
        assert pose.shape == (len(ANGLES),)


def test_left_and_right_change_places_in_a_mirror():
    assert MIRRORED[Joint.LEFT_WRIST] == Joint.RIGHT_WRIST
    assert MIRRORED[Joint.MOUTH_LEFT] == Joint.MOUTH_RIGHT
    assert MIRRORED[Joint.NOSE] == Joint.NOSE
    np.testing.assert_array_equal(MIRRORED[MIRRORED], np.arange(COUNT))


def test_seen_from_the_front_the_left_hand_is_on_the_right(puppets):
    stood = next(c for c in puppet_clips(200, 5) if c.labels[0].startswith("walk"))
    rng = np.random.default_rng(0)
    found = shots(stood, np.zeros(64, int), np.full(64, 60.0), np.ones(64), rng)
    aside = found.xy_px[:, -1, Joint.LEFT_SHOULDER, 0] - found.xy_px[:, -1, Joint.RIGHT_SHOULDER, 0]
    assert (aside > 10).any()
    assert (aside < -10).any()
    above = found.xy_px[:, -1, Joint.NOSE, 1] < found.xy_px[:, -1, Joint.LEFT_ANKLE, 1]
    assert above.all()


def test_who_lies_is_filmed_from_the_side_and_who_stands_from_anywhere():
    def seen(name):
        clips = [c for c in puppet_clips(200, 5) if c.labels[0].startswith(name)][:8]
        every = np.zeros(100, int), np.full(100, 60.0), np.ones(100), np.random.default_rng(0)
        return [shots(clip, *every).xy_px[:, -1] for clip in clips]

    trunks = [xy[:, 11] - xy[:, 23] for xy in seen("plank")]
    along = [np.median(np.abs(trunk[:, 0])) / np.linalg.norm(trunk, axis=-1).max() for trunk in trunks]
    assert np.median(along) > 0.8
    across = np.linalg.norm(seen("walk")[0][:, 11] - seen("walk")[0][:, 12], axis=-1)
    assert across.min() < 0.5 * across.max()


def test_windows_reach_into_the_clip_only(puppets):
    found = shots(puppets, np.array([0]), np.array([6.0]), np.array([1.0]), np.random.default_rng(0))
    assert found.seen[0].all(axis=1).tolist() == [False] * 12 + [True] * 4


def test_disturbing_changes_places_not_what_was_seen(puppets):
    found = random_shots(puppets, 20, np.random.default_rng(0))
    shaken = disturbed(found, np.random.default_rng(1))
    assert shaken.seen.sum() == found.seen.sum()
    assert np.isfinite(shaken.xy_px).all()
    assert np.abs(shaken.xy_px - found.xy_px).max() > 1.0


def test_where_people_mark_joints_by_hand_the_nose_is_the_middle_of_the_head(puppets):
    found = random_shots(puppets, 200, np.random.default_rng(0))
    marked = np.arange(200) < 100
    away = []
    for flags in (marked, ~marked):
        xy = disturbed(found, np.random.default_rng(1), flags).xy_px
        away.append(
            np.linalg.norm(xy[:, :, Joint.NOSE] - xy[:, :, [Joint.LEFT_EYE, Joint.RIGHT_EYE]].mean(axis=2), axis=-1)
        )
    changed = np.abs(away[0] - away[1]).max(axis=1) > 0.5
    assert changed[marked].mean() > 0.6
    assert changed[~marked].mean() > 0.6


def test_other_sets_have_other_proportions_and_the_same_person_keeps_its_own(puppets):
    found = shots(puppets, np.zeros(200, int), np.full(200, 60.0), np.ones(200), np.random.default_rng(0))
    other = otherwise_put(found.xy_px, np.random.default_rng(1))

    def ratio(xy, one, two):
        lengths = (np.linalg.norm(xy[:, :, a] - xy[:, :, b], axis=-1) for a, b in (one, two))
        return np.divide(*lengths)

    for one, two, differs in (((23, 25), (25, 27), False), ((23, 25), (11, 13), True)):
        changed = np.log(ratio(other, one, two) / ratio(found.xy_px, one, two))
        assert changed.std(axis=1).max() < 1e-6
        assert (changed.std() > 0.1) == differs


def test_puppets_often_keep_still_with_their_feet():
    clips = joined(list(puppet_clips(60, 8)))
    feet = clips.xyz.reshape(-1, FRAMES, COUNT, 3)[:, :, [Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE]].mean(axis=2)
    hands = clips.xyz.reshape(-1, FRAMES, COUNT, 3)[:, :, [Joint.LEFT_WRIST, Joint.RIGHT_WRIST]].mean(axis=2)
    moved = [np.median(np.linalg.norm(places[:, 8:] - places[:, :-8], axis=-1)) for places in (feet, hands)]
    assert moved[0] < 0.5 * moved[1]


def test_every_story_can_be_told_by_its_poses():
    assert abs(sum(STORIES.values()) - 1.0) < 1e-9
    assert {name for pair in (*LYING, *SPORTS, *PAIRS) for name in pair} <= set(POSES)
    assert len(SPORTS) == 12
    assert set(SUDDEN) | set(QUICK) | set(GOING) | set(PRONE) | set(SUPINE) | set(STEPPING) <= set(POSES)


def test_a_set_that_is_not_there_is_none(tmp_path):
    assert all(read(name, tmp_path) is None for name in FILES)


def test_a_broken_set_is_refused(tmp_path):
    (tmp_path / FILES["penn"]).write_bytes(b"no numbers")
    with pytest.raises(ConfigError, match="fetch it again"):
        read("penn", tmp_path)


def test_penn_keeps_apart_what_was_seen_guessed_and_never_labelled(tmp_path):
    data = np.full((2, 13, 3), 50.0, np.float32)
    data[..., 2] = 1.0
    data[0, 1, 2] = 0.0
    data[1, 2] = (1.4, 1.4, 0.0)
    np.savez(tmp_path / FILES["penn"], data=data, lengths=np.array([2]), action=np.array(["golf"]))
    clips = read("penn", tmp_path)
    assert clips is not None
    assert not clips.seen[0, BODY[1]]
    assert clips.usable[0, BODY[1]]
    assert not clips.seen[1, BODY[2]]
    assert not clips.usable[1, BODY[2]]
    assert not clips.seen[:, Joint.LEFT_EYE].any()


def test_only_sets_that_may_train_what_ships_do():
    assert set(MAY_TRAIN) == {"cmu", "stoop"}
