import numpy as np

from models.people.recipe import TALLNESS_M, TWELVE, draw, median_height_m

WHOLE = [f"whole-{number}" for number in range(20)]
PAIRED = [f"paired-{number}" for number in range(20)]


def test_half_of_the_drawn_people_are_of_screening_age():
    rng = np.random.default_rng(1)
    ages = [draw(rng, WHOLE, PAIRED).age_years for _ in range(400)]
    assert 0.45 < np.mean([9 <= age <= 17 for age in ages]) < 0.65
    assert min(ages) >= 7


def test_drawn_people_keep_human_heights():
    rng = np.random.default_rng(2)
    heights = [draw(rng, WHOLE, PAIRED).height_m for _ in range(200)]
    assert TALLNESS_M[0] <= min(heights) < max(heights) <= TALLNESS_M[1]


def test_the_same_seed_draws_the_same_people():
    assert draw(np.random.default_rng(3), WHOLE, PAIRED) == draw(np.random.default_rng(3), WHOLE, PAIRED)


def test_girls_are_as_tall_as_boys_until_they_are_not():
    assert median_height_m("f", 10) >= median_height_m("m", 10)
    assert median_height_m("f", 30) < median_height_m("m", 30) - 0.1


def test_the_shipped_twelve_grow_with_age():
    boys = [recipe for recipe in TWELVE if recipe.sex == "m" and recipe.age_years < 17]
    by_age = sorted(boys, key=lambda recipe: recipe.age_years)
    assert [r.growth for r in by_age] == sorted(r.growth for r in by_age)
