"""Needs torch, which only the workshop has."""

import pytest

torch = pytest.importorskip("torch")

from edge.errors import ConfigError  # noqa: E402
from edge.occlusion.known_answer import question  # noqa: E402
from models.occlusion.library import joined  # noqa: E402
from models.occlusion.network import Network, Sizes  # noqa: E402
from models.occlusion.puppet import puppet_clips  # noqa: E402
from models.occlusion.stages import STAGES, Stage, run_stage  # noqa: E402
from models.occlusion.widen import widened  # noqa: E402

QUICK = {"cpu_minutes": 0.05, "windows": 4}
"""Drawing single poses alone takes a second or two."""


@pytest.fixture(scope="module")
def sources():
    return {"puppet": (joined(list(puppet_clips(12, 3))), 1.0)}


def silent(done, text):
    pass


def small_network():
    torch.manual_seed(1)
    made = Network(Sizes(completion=24)).eval()
    with torch.no_grad():
        for weights in made.parameters():
            weights.add_(0.05 * torch.randn_like(weights))
    return made


def test_a_widened_network_answers_as_before():
    network, asked = small_network(), {name: torch.from_numpy(values) for name, values in question().items()}
    wide = Network(Sizes(completion=40)).eval()
    wide.load_state_dict(widened(network.state_dict(), wide.sizes))
    torch.testing.assert_close(wide(asked).position, network(asked).position)
    assert wide.completion.first.weight[24:].abs().max() > 0.0


@pytest.mark.parametrize("sizes", [Sizes(completion=16), Sizes(completion=24, decoder=40)])
def test_what_would_have_to_shrink_or_change_otherwise_is_refused(sizes):
    with pytest.raises(ConfigError, match="ask for a completion of 24 or more"):
        widened(small_network().state_dict(), sizes)


def test_stages_follow_one_another_and_own_up_to_all_of_it(sources, tmp_path):
    first = run_stage(Stage("first", completion=24, **QUICK), sources, tmp_path, silent)
    second = run_stage(Stage("second", "first", completion=40, **QUICK), sources, tmp_path, silent)
    assert second.network.sizes.completion == 40
    assert second.earlier == (first.steps, first.cpu_s)
    assert first.steps > 0


def test_a_stage_that_is_over_is_over(sources, tmp_path):
    stage = Stage("first", completion=24, **QUICK)
    once = run_stage(stage, sources, tmp_path, silent)
    again = run_stage(stage, sources, tmp_path, silent)
    assert again.steps == once.steps > 0


def test_a_stage_without_the_one_before_says_what_to_do(sources, tmp_path):
    with pytest.raises(ConfigError, match="finish that run first"):
        run_stage(Stage("second", "first", **QUICK), sources, tmp_path, silent)


def test_what_ships_is_trained_within_an_hour_each_stage_after_the_one_before():
    assert sum(stage.cpu_minutes for stage in STAGES) <= 60.0
    assert [stage.after for stage in STAGES] == ["", *(stage.name for stage in STAGES[:-1])]
    assert STAGES[-1].completion == Sizes().completion
