import numpy as np
import pytest

from edge.engine.artefact import KnownAnswer
from edge.errors import ModelError
from edge.risk.layout import FEATURES, NAMES
from edge.risk.network import Constants, MovementNetwork, check_movement_answer, constants_of, question
from tests.risk.movements import artefact, constants, counting_network


def card(**changes):
    scaling = {"names": list(NAMES), "low": [0.0] * FEATURES, "high": [1.0] * FEATURES, "neutral": [0.5] * FEATURES}
    calibration = {"raw": [0.0, 0.3, 1.0], "index": [0.0, 0.5, 1.0], "uncertainty": [0.1, 0.2]}
    return {
        "scaling": scaling | changes.get("scaling", {}),
        "calibration": calibration | changes.get("calibration", {}),
    }


def test_the_calibration_puts_what_is_usual_at_a_half_and_stays_within_0_and_1():
    known = constants_of(card())
    assert [known.index_of(raw) for raw in (-1.0, 0.0, 0.15, 0.3, 0.65, 1.0, 9.0)] == pytest.approx(
        [0.0, 0.0, 0.25, 0.5, 0.75, 1.0, 1.0]
    )
    assert [known.uncertainty_of(index) for index in (0.0, 0.4, 0.6, 1.0)] == [0.1, 0.1, 0.2, 0.2]


@pytest.mark.parametrize(
    "changes",
    [
        {"scaling": {"names": None}},
        {"scaling": {"low": [2.0] * FEATURES}},
        {"scaling": {"low": [0.0] * 5}},
        {"calibration": {"raw": [0.0, 0.0, 1.0]}},
        {"calibration": {"uncertainty": [0.1]}},
        {"calibration": {"index": None}},
    ],
)
def test_constants_that_make_no_sense_are_refused_in_one_sentence(changes):
    with pytest.raises(ModelError, match=r"make no sense .*; run python -m models.risk train"):
        constants_of(card(**changes))


def test_a_network_trained_on_the_features_of_another_version_is_refused_though_it_has_as_many():
    older = [*NAMES[:-1], "hip_across_per_s"]
    with pytest.raises(ModelError, match=r"reads other features than this version .*; run python -m models.risk train"):
        constants_of(card(scaling={"names": older}))


def test_a_network_of_another_shape_is_refused():
    from dataclasses import replace

    other = replace(artefact(), inputs={"image": (1, 3, 256, 256)})
    with pytest.raises(ModelError, match="no movement network"):
        MovementNetwork(counting_network()._engine, constants(), other)


def test_a_known_answer_is_asked_for_and_a_wrong_one_refused():
    from dataclasses import replace

    steps = len(question())
    right = KnownAnswer((0, 1), (steps / 300, steps / 300), 0.01)
    assert check_movement_answer(counting_network(), replace(artefact(), known_answers={"indices": right})) < 1.0
    wrong = replace(artefact(), known_answers={"indices": KnownAnswer((0,), (0.9,), 0.01)})
    with pytest.raises(ModelError, match="wrong movement index"):
        check_movement_answer(counting_network(), wrong)
    with pytest.raises(ModelError, match="no known answer"):
        check_movement_answer(counting_network(), artefact())


def test_the_question_is_the_same_everywhere_and_lies_where_features_lie():
    asked = question()
    assert asked.shape == (40, FEATURES)
    assert asked.dtype == np.float32
    assert 0.0 <= asked.min() < 0.05 < 0.95 < asked.max() <= 1.0


def test_a_calibration_needs_two_knots():
    known = constants()
    with pytest.raises(ValueError, match="calibration"):
        Constants(known.scaling, np.array([0.0]), np.array([0.0]), np.array([]))
