"""Nobody is rendered without dignity, and looks are what their words say."""

import numpy as np
import pytest

from models.people.asset import BODY, load_bodies
from models.people.look import clothes
from models.people.look.anatomy import Anatomy, Anybody
from models.people.look.dress import dress, random_look
from models.people.look.wardrobe import HAIRS, TOPS, Wardrobe, random_wardrobe

BODIES = load_bodies()
FEMALE = [number for number in range(BODIES.count) if BODIES.describe(number).sex == "f"]
LOOKS = 300


def breasts(number: int) -> np.ndarray:
    """Vertices of the chest's front within seven centimetres of its two foremost points, found from the shape alone."""
    anatomy = Anatomy(Anybody(BODIES, number))
    low, high = anatomy.level(0.5), anatomy.level(0.85)
    chest = (np.arange(len(anatomy.z)) < BODY) & (anatomy.z > low) & (anatomy.z < high) & (anatomy.arm < 0.2)
    found = np.zeros(len(anatomy.z), bool)
    for side in (-1, 1):
        half = np.flatnonzero(chest & (side * anatomy.x > 0.02))
        tip = half[anatomy.y[half].argmax()]
        near = np.linalg.norm(anatomy.rest - anatomy.rest[tip], axis=1) < 0.065 * anatomy.size
        found |= near & chest & (anatomy.y > anatomy.middle_y)
    return np.flatnonzero(found)


def loins(number: int) -> np.ndarray:
    """Vertices from the hip joints' height down to between the legs."""
    anatomy = Anatomy(Anybody(BODIES, number))
    hip = anatomy.joint("thigh")[2]
    skin = np.arange(len(anatomy.z)) < BODY
    lowest = anatomy.z[skin & (anatomy.aside < 0.012) & (anatomy.z > hip / 2)].min()
    return np.flatnonzero(skin & (anatomy.aside < 0.035) & (anatomy.z >= lowest) & (anatomy.z < hip))


def covered(look, vertices: np.ndarray, channels: tuple[int, ...]) -> np.ndarray:
    """Whether each vertex is under cloth of these channels, cloth that the renderer paints on the skin."""
    worn = [channel for channel in channels if look.overlays[channel] >= 0]
    return (look.fields[np.ix_(vertices, worn)] > 0).any(1)


@pytest.fixture(scope="module")
def looks():
    made = []
    for seed in range(LOOKS):
        number = seed % BODIES.count
        made.append((number, random_look(Anybody(BODIES, number), np.random.default_rng(seed), seed % 3 == 0 or None)))
    return made


def test_no_female_body_is_ever_bare(looks):
    checked = 0
    for number, look in looks:
        if number in FEMALE:
            assert covered(look, breasts(number), (clothes.TOP, clothes.STRAPS)).all(), look.wardrobe
            checked += 1
    assert checked == LOOKS // 2


def test_nobody_goes_without_something_below(looks):
    for number, look in looks:
        assert covered(look, loins(number), (clothes.BOTTOM,)).all(), look.wardrobe


def test_the_search_for_bare_skin_finds_it():
    male = next(number for number in range(BODIES.count) if number not in FEMALE)
    look = dress(Anybody(BODIES, male), Wardrobe("m", "none", "briefs"))
    assert not covered(look, breasts(male), (clothes.TOP, clothes.STRAPS)).any()
    assert len(breasts(FEMALE[0])) > 100
    assert len(loins(male)) > 100


def test_a_bare_top_for_a_female_body_cannot_even_be_named():
    with pytest.raises(ValueError, match="female bodies are never bare"):
        Wardrobe("f", "none", "shorts")


def test_a_males_wardrobe_does_not_fit_a_female_body():
    with pytest.raises(ValueError, match="other sex"):
        dress(Anybody(BODIES, FEMALE[0]), Wardrobe("m", "none", "shorts"))


@pytest.mark.parametrize("sex", ["f", "m"])
def test_a_free_back_is_as_free_as_dignity_allows(sex):
    drawn = {random_wardrobe(np.random.default_rng(seed), sex, True).top for seed in range(40)}
    assert drawn == ({"sports bra"} if sex == "f" else {"none"})
    hidden = {random_wardrobe(np.random.default_rng(seed), sex, False).top for seed in range(60)}
    assert hidden == set(TOPS[2:])


@pytest.mark.parametrize("hair", HAIRS)
def test_every_hair_leaves_the_face_free(hair):
    look = dress(Anybody(BODIES, 1), Wardrobe("f", "t-shirt", "shorts", hair=hair))
    anatomy = Anatomy(Anybody(BODIES, 1))
    eye = anatomy.joint("eye")
    face = np.flatnonzero((np.abs(anatomy.rest - [0, eye[1] + 0.02, eye[2] - 0.03]).max(1) < 0.035)[:BODY])
    assert len(face) > 50
    assert (look.fields[face, clothes.HAIR] < 0).all()
    assert (look.fields[face, clothes.MANE] < 0).all()


def test_the_same_wardrobe_makes_the_same_look():
    worn = Wardrobe("f", "tank top", "trousers", "shoes", "bun", seed=11)
    one, other = (dress(Anybody(BODIES, 3), worn) for _ in range(2))
    assert (one.fields == other.fields).all()
    assert (one.colours == other.colours).all()
    assert (one.faces == other.faces).all()


@pytest.mark.parametrize(
    "wrong", [{"top": "toga"}, {"bottom": "none"}, {"hair": "mohawk"}, {"skin_tone": 10}, {"loose": 1.5}]
)
def test_what_nobody_wears_is_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        Wardrobe(**{"sex": "m", "top": "none", "bottom": "shorts", **wrong})
