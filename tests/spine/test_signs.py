import pytest

from edge.spine.signs import concordant_signs

BANDS = {"C1": 3.2, "C2": 2.0, "C4": 3.4, "C4_psis": 3.4, "C5": 10.0, "C5b": 13.4, "C10_height": 5.0}


def take(**values):
    return values


def test_a_sign_counts_when_two_of_three_takes_lie_beyond_its_band_on_one_side():
    one = concordant_signs([take(C1=4.0), take(C1=5.0), take(C1=1.0)], BANDS)
    assert (one.right, one.left, one.known) == (("shoulders",), (), 1)
    assert concordant_signs([take(C1=4.0), take(C1=-5.0), take(C1=1.0)], BANDS).count == 0
    assert concordant_signs([take(C1=-4.0), take(C1=-5.0), take(C1=9.0)], BANDS).left == ("shoulders",)


def test_exactly_on_the_band_is_no_sign():
    assert concordant_signs([take(C4=3.4)] * 3, BANDS).count == 0


def test_three_signs_are_worth_looking_at_again():
    crooked = take(C1=5.0, C4=-4.0, C10_height=9.0)
    found = concordant_signs([crooked] * 3, BANDS)
    assert found.count == 3
    assert found.rescreen
    assert not concordant_signs([take(C1=5.0, C4=-4.0)] * 3, BANDS).rescreen


def test_a_surrogate_stands_in_only_where_the_measure_itself_is_missing():
    assert concordant_signs([take(C5=2.0, C5b=40.0)] * 3, BANDS).count == 0
    assert concordant_signs([take(C5b=40.0)] * 3, BANDS).right == ("trunk",)


def test_what_is_unknown_or_has_no_band_is_no_sign():
    assert concordant_signs([take(C1=None)] * 3, BANDS).known == 0
    assert concordant_signs([take(C1=9.0), take(C1=None), take(C1=None)], BANDS).known == 0
    assert concordant_signs([take(C1=9.0)] * 3, {}).known == 0
    assert concordant_signs([], BANDS).count == 0


@pytest.mark.parametrize("sign", [1, -1])
def test_a_mirrored_person_has_the_same_signs_on_the_other_side(sign):
    found = concordant_signs([take(C1=5.0 * sign, C5=20.0 * sign)] * 3, BANDS)
    assert (found.right if sign > 0 else found.left) == ("shoulders", "trunk")
