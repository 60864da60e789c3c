import pytest

from edge.risk.movement_risk import CAVEAT, TOO_SHORT, MovementRisk, SubIndices

PARTS = SubIndices(0.1, 0.2, 0.3)


@pytest.mark.parametrize(("index", "reason"), [(None, None), (0.3, "why"), (1.1, None), (-0.1, None)])
def test_an_index_or_a_reason_but_neither_both_nor_nonsense(index, reason):
    with pytest.raises(ValueError, match="movement index"):
        MovementRisk(1.0, index, reason)


def test_an_unknown_index_has_no_parts_and_no_uncertainty():
    with pytest.raises(ValueError, match="neither parts"):
        MovementRisk(1.0, None, TOO_SHORT, PARTS)
    with pytest.raises(ValueError, match="neither parts"):
        MovementRisk(1.0, None, TOO_SHORT, uncertainty=0.1)


@pytest.mark.parametrize(("index", "above"), [(0.0, False), (0.5, False), (0.5001, True), (1.0, True)])
def test_up_to_a_half_is_usual_and_anything_more_is_above_usual(index, above):
    assert MovementRisk(1.0, index, None, PARTS, 0.1, 1.0).above_usual is above


def test_what_is_said_always_says_experimental_and_never_more_than_above_usual():
    said = MovementRisk(1.0, 0.81, None, PARTS, 0.1, 1.0).said
    assert CAVEAT in said
    assert said.endswith("above usual")
    assert "refer" not in said


def test_an_unknown_index_is_said_to_be_unknown_and_why_and_shows_no_number():
    unknown = MovementRisk(None, None, TOO_SHORT)
    assert unknown.said == f"movement index not known: {TOO_SHORT}"
    assert not unknown.above_usual


@pytest.mark.parametrize("parts", [(1.2, 0.0, 0.0), (0.0, -0.1, 0.0), (0.0, 0.0, float("nan"))])
def test_parts_lie_between_0_and_1(parts):
    with pytest.raises(ValueError, match="between 0 and 1"):
        SubIndices(*parts)


def test_coverage_lies_between_0_and_1():
    with pytest.raises(ValueError, match="coverage"):
        MovementRisk(1.0, 0.3, None, coverage=1.5)
