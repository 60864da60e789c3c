"""Which pictures a round of training shows, and how several processes are started."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", exc_type=ImportError)

from models.spine.batches import SHOWN, kind_of, one_round  # noqa: E402
from models.spine.layout import COUNT  # noqa: E402
from models.spine.pictures import Picture  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")


def about(**changed: object) -> Picture:
    """A picture of nothing, of which something is known."""
    said = {"crop": "torso", "view": "back", "bend_deg": 0.0, **changed}
    return Picture(
        np.zeros(1, np.uint8), np.zeros((COUNT, 2), np.float32), np.zeros(COUNT, bool), np.zeros(1), 0.0, said
    )


def test_a_round_shows_every_upright_back_and_some_of_the_rest() -> None:
    others = [about(view="left"), about(bend_deg=40.0), about(crop="body"), about(view="real", real=True)]
    assert [kind_of(one) for one in others] == ["other", "bend", "body", "real"]
    shown = one_round([about()] * 200 + [about(crop="body")] * 1000, np.random.default_rng(0), 32)
    assert sorted(shown[shown < 200]) == list(range(200))
    assert len(shown[shown >= 200]) == pytest.approx(1000 * SHOWN["body"], abs=60)


def test_a_round_shows_each_picture_of_a_film_several_times_and_a_site_s_own_as_often_as_it_comes() -> None:
    corrected = about(view="site", real=True)
    assert kind_of(corrected) == "site"
    shown = one_round([about(view="real", real=True)] * 50 + [corrected] * 50, np.random.default_rng(0), 32)
    assert np.bincount(shown).tolist() == [3] * 50 + [1] * 50


def test_a_library_smaller_than_a_batch_still_fills_one() -> None:
    shown = one_round([about(crop="body")] * 5, np.random.default_rng(0), 32)
    assert len(shown) == 32
    assert set(shown) == set(range(5))


def test_the_documented_command_is_understood_by_torchrun() -> None:
    from torch.distributed.run import parse_args

    import models.spine.__main__ as command

    line = next(line for line in (command.__doc__ or "").splitlines() if "torchrun" in line)
    words = line.partition("torchrun ")[2].replace(" N ", " 2 ").split()
    given = parse_args(words)
    assert given.training_script == "models.spine"
    assert given.training_script_args == ["train", "--shards", "shards", "--training", "run"]
