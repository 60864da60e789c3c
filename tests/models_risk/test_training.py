import pytest

torch = pytest.importorskip("torch")

import numpy as np  # noqa: E402
from torch import nn  # noqa: E402

from edge.errors import ConfigError  # noqa: E402
from edge.risk.layout import FEATURES  # noqa: E402
from edge.risk.recording import Recording  # noqa: E402
from edge.risk.scaling import Scaling  # noqa: E402
from edge.risk.window import CHAINS  # noqa: E402
from models.risk.card import Trained, as_kept, load  # noqa: E402
from models.risk.copy_task import accuracy, sequences  # noqa: E402
from models.risk.fit import AGREE, BORNE, _disagreement, fit, predict, scaled, unscaled  # noqa: E402
from models.risk.ratings import is_test, rated, windows_of  # noqa: E402
from models.risk.recurrent import EMBEDDING, GRADES, HIDDEN, SLOPE, MovementNet, parameters, rnn_width  # noqa: E402
from models.risk.train import read_back, write_both  # noqa: E402
from models.risk.windows import Windows  # noqa: E402
from tests.risk.movements import constants, waving  # noqa: E402


def test_the_layers_are_those_of_the_layout_and_the_last_neuron_leaks_a_hundredth():
    network = MovementNet()
    assert (network.embed.in_features, network.dense.out_features) == (FEATURES, FEATURES)
    assert isinstance(network.leaky, nn.LeakyReLU)
    assert network.leaky.negative_slope == SLOPE == 0.01


def test_lstm_and_plain_network_have_as_many_parameters():
    lstm, rnn = parameters(MovementNet()), parameters(MovementNet("rnn", rnn_width(EMBEDDING, HIDDEN)))
    assert rnn == pytest.approx(lstm, rel=0.35)
    width, hidden = 8, 24
    size = rnn_width(width, hidden)
    assert size * (width + size + 2) == pytest.approx(4 * hidden * (width + hidden + 2), rel=0.05)


def test_the_step_on_the_station_is_the_network_that_was_trained(tmp_path):
    torch.manual_seed(1)
    network = MovementNet().eval()
    write_both(tmp_path, network, Trained(constants(), ["nothing"], "a test"))
    station = load(tmp_path, "float")
    window = np.random.default_rng(2).uniform(0, 1, (30, FEATURES)).astype(np.float32)
    state = station.rest()
    for row in window:
        indices, state = station.step(row, state)
    assert indices.shape == (CHAINS, 4)
    assert indices[2] == pytest.approx(predict(network, window[None])[0], abs=1e-4)
    again, known = read_back(tmp_path)
    assert predict(again, window[None]) == pytest.approx(predict(network, window[None]), abs=1e-6)
    assert known.uncertainty.tolist() == constants().uncertainty.tolist()


def test_the_scaling_that_is_learned_with_is_the_one_that_is_read_back(tmp_path):
    third = Scaling(np.full(FEATURES, -1 / 3), np.full(FEATURES, 1e4 / 7), np.full(FEATURES, 2 / 3))
    write_both(tmp_path, MovementNet(), Trained(constants(scaling=third), ["nothing"], "a test"))
    _, known = read_back(tmp_path)
    kept = as_kept(third)
    for key in ("low", "high", "neutral"):
        assert np.array_equal(getattr(known.scaling, key), getattr(kept, key))


def some_windows(count=64):
    rng = np.random.default_rng(0)
    labels = rng.uniform(0, 1, (count, 4)).astype(np.float32)
    features = np.repeat(labels[:, None, :1], 40, axis=1) * np.ones((1, 1, FEATURES), np.float32)
    return Windows(features * 360 - 180, labels, ("x",) * count)


def test_training_learns_what_is_there_and_labels_nobody_gave_do_not_count():
    torch.manual_seed(0)
    windows = some_windows()
    windows.labels[:, 1:] = np.nan
    network = MovementNet(hidden=8)
    fit(network, windows, scaled(constants().scaling), 60)
    said = predict(network, scaled(constants().scaling)(windows.features))
    assert np.isfinite(said).all()
    assert np.abs(said[:, 0] - windows.labels[:, 0]).mean() < 0.1


def test_the_grades_of_the_faults_are_learned_beside_the_labels_and_do_not_ship():
    torch.manual_seed(0)
    plain = some_windows()
    windows = Windows(plain.features, plain.labels, plain.sources, np.repeat(plain.labels[:, :1], GRADES, axis=1))
    network = MovementNet(hidden=8)
    fit(network, windows, scaled(constants().scaling), 60)
    with torch.no_grad():
        said = network.learning(torch.from_numpy(scaled(constants().scaling)(windows.features)), 1)[:, 0, 4:].numpy()
    assert np.abs(said - windows.grades).mean() < 0.15
    assert not any("grades" in name for name in network.weights())
    assert predict(network, scaled(constants().scaling)(windows.features)).shape == (len(windows.labels), 4)
    assert windows.part(np.arange(3)).grades.shape == (3, GRADES)


def test_reading_every_fifth_sample_first_leaves_a_network_that_reads_all_of_them():
    torch.manual_seed(0)
    windows = some_windows()
    network, prepare = MovementNet(hidden=8), scaled(constants().scaling)
    fit(network.slower(0.2), windows.thinned(5), prepare, 60)
    said = predict(network.slower(5.0), prepare(windows.features))
    assert np.abs(said[:, 0] - windows.labels[:, 0]).mean() < 0.15


def test_two_cameras_that_saw_the_same_are_brought_to_say_the_same():
    plain = some_windows()
    labels = plain.labels[::2].repeat(2, axis=0)
    shifted = plain.features[::2].repeat(2, axis=0)
    shifted[1::2, :, :60] += 60.0
    prepare = scaled(constants().scaling)
    apart = []
    for paired in (False, True):
        torch.manual_seed(0)
        network = MovementNet(hidden=8)
        fit(network, Windows(shifted, labels, plain.sources, None, paired), prepare, 25)
        said = predict(network, prepare(shifted))[:, 0]
        apart.append(np.abs(said[::2] - said[1::2]).mean())
    assert apart[1] < 0.8 * apart[0]


def test_cameras_may_differ_a_little_and_pay_for_more():
    said = torch.zeros(2, 1, 12)
    said[1, 0, 0] = 0.9 * BORNE
    assert float(_disagreement(said)) == 0.0
    said[1, 0, 0] = BORNE + 0.1
    assert float(_disagreement(said)) == pytest.approx(AGREE * 0.01, rel=1e-3)


def test_a_network_told_to_be_slower_hears_a_longer_sequence_as_it_heard_the_short_one():
    torch.manual_seed(0)
    network = MovementNet(hidden=16).eval()
    quick = torch.rand(4, 12, FEATURES)
    before = network(quick)
    after = network.slower(5.0)(quick.repeat_interleave(5, dim=1))
    assert (after - before).abs().max() < 0.1 * before.abs().max()


def test_without_scaling_unknown_features_are_nothing():
    assert unscaled(np.array([np.nan, 3.0], np.float32)).tolist() == [0.0, 3.0]


def test_the_first_symbol_is_the_only_one_of_its_kind():
    symbols = sequences(np.random.default_rng(1), 50, 30)
    assert int(symbols[:, 0].max()) < 8 <= int(symbols[:, 1:].min())


def test_both_kinds_learn_a_short_sequence():
    assert min(accuracy(kind, 4, 1, 150)[0] for kind in ("lstm", "rnn")) > 0.9


def write_recordings(folder, sessions):
    with Recording(folder / "station.sqlite") as recording:
        for number in range(sessions):
            movement = recording.begin("walk", f"S{number}")
            for one in waving(5.2):
                recording.add(movement, one)
            recording.rate(movement, 10 * (number % 11))
        unrated = recording.begin("jump", "S0")
        recording.add(unrated, next(iter(waving(1.0))))


def test_a_clinics_ratings_become_windows_split_by_session_with_a_data_card(tmp_path):
    write_recordings(tmp_path, 24)
    found = rated(tmp_path)
    assert found.card["completion"] == pytest.approx(24 / 25, abs=1e-3)
    assert sum(found.card["ratings_by_tens"]) == 24
    assert len(found.test.labels) == sum(is_test(f"S{number}") for number in range(24))
    assert len(found.train.labels) + len(found.test.labels) == 24
    expected = {round(1 - number % 11 / 10, 4) for number in range(24) if not is_test(f"S{number}")}
    assert {round(float(value), 4) for value in found.train.labels[:, 0]} == expected
    assert np.isnan(found.train.labels[:, 1:]).all()


def test_too_few_ratings_are_refused(tmp_path):
    write_recordings(tmp_path, 3)
    with pytest.raises(ConfigError, match="3 rated sessions are too few"):
        rated(tmp_path)


def test_a_recorded_movement_gives_the_windows_the_station_reads():
    assert len(windows_of(list(waving(7.1)))) == 3
    assert windows_of([one for one in waving(9.0) if not 13.0 < one.time_s < 13.5]) != []
    assert windows_of([]) == []
