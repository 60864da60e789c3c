import numpy as np
import onnx
import pytest

from calibration.int8.ranges import Probe, channel_maxima, least_error
from edge.errors import ModelError
from models.quantisation.equalise import edges, equalise
from models.quantisation.qdq import LEVELS, Spared, quantise
from models.quantisation.topology import Topology
from tests.small_network import image, ranges, small_int8, small_network

IMAGES = [image(seed) for seed in range(6)]


def answers(model: onnx.ModelProto) -> np.ndarray:
    probe = Probe(model, ["answer"])
    return np.concatenate([probe.run({"image": picture})["answer"] for picture in IMAGES])


def test_evening_out_the_channels_changes_no_answer_on_the_pictures_it_was_measured_on() -> None:
    model = small_network()
    names = [edge.tensor for edge in edges(Topology(model))]
    even = equalise(model, channel_maxima(model, names, IMAGES))
    assert names == ["a", "b", "e"]
    assert np.abs(answers(even) - answers(model)).max() < 1e-4
    assert not np.array_equal(Topology(even).constants["w_a_linear"], Topology(model).constants["w_a_linear"])


def test_evening_out_brings_every_channel_to_the_top_where_the_taker_is_depthwise() -> None:
    model = small_network()
    maxima = channel_maxima(model, ["a", "b", "e"], IMAGES)
    even = equalise(model, maxima)
    assert channel_maxima(even, ["a"], IMAGES)["a"] == pytest.approx([6.0] * 8, rel=1e-4)
    assert max(maxima["a"]) / min(maxima["a"]) > 1.5


def test_spared_convolutions_and_their_sums_stay_in_float() -> None:
    topology = Topology(small_int8())
    assert "w_answer" in topology.constants
    assert "w_e_int8" in topology.constants
    assert "sum_q" in topology.producers
    model = small_network()
    spared = Spared(first=0, last=3).convolutions(Topology(model))
    assert spared == {"conv_answer", "conv_e", "conv_c", "conv_d"}
    assert "sum_q" not in Topology(quantise(model, ranges(model), spared)).producers


def test_the_first_convolutions_can_be_spared() -> None:
    assert Spared(first=2, last=1).convolutions(Topology(small_network())) == {
        *("conv_a_linear", "conv_b_linear", "conv_answer"),
    }


def test_pooling_keeps_the_scale_of_what_it_pools() -> None:
    constants = Topology(small_int8()).constants
    assert constants["pooled_scale"] == constants["sum_scale"]


def test_weights_are_rounded_to_the_nearest_step_and_never_to_minus_128() -> None:
    exact, found = Topology(small_network()).constants["w_c"], Topology(small_int8()).constants
    steps, scale = found["w_c_int8"], found["w_c_scale"].reshape(-1, 1, 1, 1)
    assert np.abs(steps.astype(int)).max() == LEVELS
    assert (np.abs(steps * scale - exact) <= scale * 0.501).all()


def test_a_tensor_without_a_range_is_named() -> None:
    model = small_network()
    partial = {name: value for name, value in ranges(model).items() if name != "b"}
    with pytest.raises(ModelError, match="no range for b"):
        quantise(model, partial, set())


def test_quantising_twice_gives_the_same_bytes() -> None:
    assert small_int8().SerializeToString() == small_int8().SerializeToString()


def test_the_range_with_least_error_cuts_a_lonely_outlier_but_keeps_a_crowd() -> None:
    counts = np.zeros(2048, np.int64)
    counts[:512] = 1_000_000
    counts[-1] = 1
    assert least_error(10.0, counts, LEVELS) == pytest.approx(2.5, rel=0.1)
    counts[-1] = 1_000_000
    assert least_error(10.0, counts, LEVELS) == pytest.approx(10.0, rel=0.02)


def test_the_biases_stay_float() -> None:
    constants = Topology(small_int8()).constants
    assert all(constants[f"b_{name}"].dtype == np.float32 for name in ("a_linear", "b_linear", "c", "d", "e"))
