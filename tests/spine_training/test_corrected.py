import numpy as np

from models.spine.augment import example
from models.spine.corrected import SHOWN, corrected_pictures
from models.spine.label.corrections import samples
from tests.spine_label.hand import C7, site, sitting


def test_what_a_person_corrected_is_learnt_and_what_they_left_alone_is_not(tmp_path, monkeypatch):
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    with sitting(site(tmp_path)) as hand:
        hand.drag(C7, (20, 0))
    (sample,) = samples(tmp_path)
    pictures = list(corrected_pictures(tmp_path))
    assert len(pictures) == SHOWN
    cut = example(pictures[0], None)
    assert np.isfinite(cut.points).all(1).tolist() == sample.known.tolist()
    assert sample.known[C7]
    assert not sample.known.all()
    assert not cut.upright  # nothing is claimed about how straight the person stands
    assert np.isnan(cut.curve).all()
    assert np.isnan(cut.outline).all()
