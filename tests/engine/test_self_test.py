from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from edge.engine.artefact import Artefact, KnownAnswer, load_artefact
from edge.engine.self_test import check_known_answer, drawn_figure, question
from edge.engine.simulated import SimulatedEngine
from edge.errors import ModelError
from tests.small_network import small_network, write_folder


@pytest.fixture
def artefact(tmp_path: Path) -> Artefact:
    write_folder(tmp_path, small_network(), name="small.float", precision="float")
    answer = KnownAnswer(places=(0, 3), values=(1.0, 2.0), tolerance=0.5)
    return replace(load_artefact(tmp_path, "small.float"), known_answers={"answer": answer})


def saying(first: float, fourth: float) -> SimulatedEngine:
    return SimulatedEngine([{"answer": np.array([[first, 9, 9, fourth]], np.float32)}])


def test_an_answer_within_tolerance_passes_and_its_distance_is_told(artefact: Artefact) -> None:
    assert check_known_answer(saying(1.25, 2.0), artefact) == pytest.approx(0.5)


@pytest.mark.parametrize("answer", [(1.6, 2.0), (1.0, -2.0)])
def test_a_wrong_answer_stops_the_engine(artefact: Artefact, answer: tuple[float, float]) -> None:
    with pytest.raises(ModelError, match="wrong by"):
        check_known_answer(saying(*answer), artefact)


def test_an_artefact_without_a_known_answer_is_not_trusted(artefact: Artefact) -> None:
    with pytest.raises(ModelError, match="no known answer"):
        check_known_answer(saying(1, 2), replace(artefact, known_answers={}))


def test_the_question_is_the_same_every_time_and_within_the_networks_range(artefact: Artefact) -> None:
    first, second = question(artefact)["image"], question(artefact)["image"]
    assert np.array_equal(first, second)
    assert first.shape == (1, 3, 16, 16)
    assert first.min() >= 0.0
    assert first.max() <= 1.0


def test_the_figure_is_drawn_to_the_last_bit() -> None:
    import hashlib

    assert hashlib.sha256(drawn_figure(256).tobytes()).hexdigest().startswith("d53d2d5b41176142")
