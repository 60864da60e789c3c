import json

import numpy as np
import pytest

from edge.occlusion.window import BODY, SAMPLES
from edge.pose.landmarks import COUNT, Joint
from models.occlusion.camera import random_shots
from models.occlusion.library import joined
from models.occlusion.masks import ARMS, KINDS, LOWER, PATTERNS, SHARES, SIDES, SINGLES, block, lifelike, random_masks
from models.occlusion.puppet import puppet_clips


def test_thirteen_single_masks_cover_every_landmark_once():
    assert len(SINGLES) == len(BODY)
    assert sorted(joint for single in SINGLES for joint in single) == list(range(COUNT))


@pytest.mark.parametrize(("kind", "count"), [("single", 1), ("arm", 3), ("side", 6), ("lower", 6), ("whole", 13)])
def test_a_block_hides_its_joints_until_now(kind, count):
    hidden = block(kind, 5, 20, np.random.default_rng(0))[:, :, BODY]
    assert not hidden[:, : SAMPLES - 5].any()
    assert (hidden[:, SAMPLES - 5 :].sum(axis=2) == count).all()


def test_both_arms_and_both_sides_are_drawn():
    hidden = block("arm", 1, 40, np.random.default_rng(0))[:, -1]
    assert 5 < hidden[:, Joint.LEFT_WRIST].sum() < 35
    assert set(ARMS[0]) < set(SIDES[0])
    assert Joint.LEFT_SHOULDER not in LOWER


def test_every_kind_of_mask_has_a_share():
    assert len(KINDS) == len(SHARES)
    assert sum(SHARES) == pytest.approx(1.0)


def test_training_masks_hide_some_joints_and_leave_some():
    clips = joined(list(puppet_clips(6, 1)))
    hidden = random_masks(random_shots(clips, 200, np.random.default_rng(0)).xy_px, np.random.default_rng(1))
    share = hidden[:, :, BODY].mean(axis=(1, 2))
    assert 0.15 < share.mean() < 0.6
    assert (share > 0).mean() > 0.95
    # Most masks last until the newest sample: that is the one the station asks about.
    assert hidden[:, -1].any(axis=1).mean() > 0.7


def test_patterns_of_life_stay_for_a_while():
    rng = np.random.default_rng(0)
    walks = np.array([lifelike(rng) for _ in range(300)])
    assert 0.5 < walks.mean() < 0.95
    assert (walks[:, 1:] == walks[:, :-1]).mean() > 0.9


def test_patterns_of_life_are_numbers_only():
    table = json.loads(PATTERNS.read_text(encoding="utf-8"))
    assert set(table) == {"states", "first", "moves"}
    assert max(table["states"]) < 1 << len(BODY)
