import numpy as np
import pytest

from edge.pose.landmarks import Joint
from models.occlusion.puppet import puppet_clips
from models.occlusion.stance import bent

ANKLES = [Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE]
WRISTS = [Joint.LEFT_WRIST, Joint.RIGHT_WRIST]
CLIPS = [(str(clip.labels[0]), clip.xyz) for clip in puppet_clips(300, 11)]


def told(first):
    return [xyz for name, xyz in CLIPS if name.startswith(first)]


def strayed(xyz, joints):
    """Metres, how far each of the joints gets from where it is on average."""
    return np.linalg.norm(xyz[:, joints] - xyz[:, joints].mean(axis=0), axis=-1).max()


def bones(*lengths):
    root = np.zeros((5, 3))
    middle = root + np.array([0.02, -lengths[0], 0.0])
    end = middle + np.array([-0.02, -lengths[1], 0.1])
    return root, middle, end


def test_a_bent_limb_ends_at_its_target_and_its_bones_stay_as_long_as_they_are():
    root, middle, end = bones(0.4, 0.4)
    target = np.linspace([0.0, -0.7, 0.1], [0.1, -0.3, 0.2], 5)
    joint, reached = bent(root, middle, end, target, np.zeros((5, 3)))
    np.testing.assert_allclose(reached, target, atol=1e-9)
    for new, old in ((joint - root, middle - root), (reached - joint, end - middle)):
        np.testing.assert_allclose(np.linalg.norm(new, axis=-1), np.linalg.norm(old, axis=-1), atol=1e-9)


def test_a_target_out_of_reach_is_reached_for():
    root, middle, end = bones(0.4, 0.4)
    far = np.tile([0.0, -3.0, 0.0], (5, 1))
    joint, reached = bent(root, middle, end, far, np.zeros((5, 3)))
    assert np.isfinite(joint).all()
    np.testing.assert_allclose(np.linalg.norm(reached, axis=-1), np.linalg.norm(end - middle, axis=-1) + 0.4, atol=0.01)


def test_a_stretched_limb_bends_the_way_it_is_told():
    root, middle, end, target = (np.array([[0.0, y, 0.0]]) for y in (0.0, -0.4, -0.8, -0.5))
    for way in (1.0, -1.0):
        joint, _ = bent(root, middle, end, target, np.array([[0.0, 0.0, 0.1 * way]]))
        assert joint[0, 2] * way > 0.2


@pytest.mark.parametrize("first", ["plank", "bench_low"])
def test_the_feet_of_who_lies_and_works_hardly_ever_move(first):
    kept = [strayed(xyz, ANKLES) < 0.04 for xyz in told(first)]
    assert len(kept) > 5
    assert np.mean(kept) > 0.7


def test_hands_stay_on_the_floor_in_a_push_up_while_the_shoulders_go_up_and_down():
    clips = told("plank")
    assert np.mean([strayed(xyz, WRISTS) < 0.06 for xyz in clips]) > 0.6
    assert np.median([np.ptp(xyz[:, Joint.LEFT_SHOULDER, 1]) for xyz in clips]) > 0.15


def test_who_walks_is_not_nailed_down():
    assert min(strayed(xyz, ANKLES) for xyz in told("walk-walk!")) > 0.15


def test_no_bone_changes_its_length():
    for _, xyz in CLIPS[:60]:
        for a, b in (("HIP", "KNEE"), ("KNEE", "ANKLE"), ("SHOULDER", "ELBOW"), ("ELBOW", "WRIST")):
            bone = np.linalg.norm(xyz[:, Joint[f"LEFT_{a}"]] - xyz[:, Joint[f"LEFT_{b}"]], axis=-1)
            assert np.ptp(bone) < 1e-3
