"""Nobody's picture is shown, read by the network or learnt from without their consent."""

import json

import numpy as np
import pygame
import pytest

from edge.errors import ConfigError, PictureError
from models.spine.label.asking import Asking
from models.spine.label.command import agree_all, withdraw_consent
from models.spine.label.corrections import samples
from models.spine.label.folder import LabelFolder, pictures_of
from models.spine.label.labelling import Labelling
from models.spine.label.simulated import SimulatedPredictor
from tests.spine_label.hand import C7, DAY, OPERATOR, Hand, agree, now, site, sitting, write_picture


class Watched(SimulatedPredictor):
    """Remembers how bright the pictures were that it saw."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[int] = []

    def predict(self, image):
        self.seen.append(round(float(image.mean()) / 10) * 10)
        return super().predict(image)


@pytest.fixture
def folder(tmp_path):
    for name, level in (("0.png", 200), ("1.png", 120), ("2.png", 40)):
        write_picture(tmp_path / name, level)
    return tmp_path


def answers(folder):
    manifest = json.loads((folder / "labels" / "manifest.json").read_text())
    by_hash = {file.sha256: file.path.name for file in pictures_of(folder)}
    return {by_hash[one["sha256"]]: (one["given"], one["date"], one["operator"]) for one in manifest["consents"]}


def test_each_picture_is_asked_about_before_anybody_sees_it(folder):
    predictor = Watched()
    with sitting(folder, predictor) as hand:
        assert isinstance(hand.tool.page, Asking)
        hand.type("2026-11-02")
        hand.keys(pygame.K_RETURN)
        assert predictor.seen == []
        hand.keys(pygame.K_n)
        assert isinstance(hand.tool.page, Asking)
        hand.type("2026-11-03")
        hand.keys(pygame.K_RETURN)
        assert isinstance(hand.tool.page, Labelling)
        assert {item.file.path.name for item in hand.desk.items} == {"0.png", "2.png"}
        assert sorted(predictor.seen) == [40, 200]
    assert answers(folder) == {
        "0.png": ("yes", "2026-11-02", OPERATOR),
        "1.png": ("no", None, OPERATOR),
        "2.png": ("yes", "2026-11-03", OPERATOR),
    }


def test_the_question_does_not_show_the_picture(folder):
    with sitting(folder) as hand:
        asked = hand.tool.canvas.pixels.copy()
        (folder / "0.png").unlink()
        write_picture(folder / "0.png", 10)
    with sitting(folder) as hand:
        assert np.array_equal(asked, hand.tool.canvas.pixels)


@pytest.mark.parametrize("typed", ["", "2026-11", "2026-13-01", "2026-02-30", "20261102", "2026-11-21", "9999-12-31"])
def test_a_date_that_is_none_or_still_to_come_is_not_taken(folder, typed):
    with sitting(folder) as hand:
        hand.type(typed)
        hand.keys(pygame.K_RETURN)
        assert hand.tool.page.message
        assert not (folder / "labels" / "manifest.json").exists()
        hand.keys(*[pygame.K_BACKSPACE] * 10)
        hand.type("2026-11-20")
        hand.keys(pygame.K_RETURN)
    assert answers(folder)["0.png"][:2] == ("yes", "2026-11-20")


def test_whoever_is_asked_later_is_asked_again_and_not_shown_meanwhile(folder):
    with sitting(folder) as hand:
        hand.keys(pygame.K_l)
        for _ in range(2):
            hand.type("2026-11-02")
            hand.keys(pygame.K_RETURN)
        assert {item.file.path.name for item in hand.desk.items} == {"1.png", "2.png"}
    with sitting(folder) as hand:
        assert [file.path.name for file in hand.desk.unasked] == ["0.png"]


def test_quitting_among_the_questions_keeps_the_answers(folder):
    with sitting(folder) as hand:
        hand.type("2026-11-02")
        hand.keys(pygame.K_RETURN, pygame.K_ESCAPE)
        assert hand.tool.page.done
    assert list(answers(folder)) == ["0.png"]


def test_without_any_consent_nothing_opens(folder):
    agree(folder, date=None)
    with pytest.raises(PictureError, match="none has consent"), sitting(folder):
        pass


def test_who_refused_is_asked_again_only_when_somebody_wants_it(folder):
    agree(folder, date=None, only="1.png")
    with sitting(folder) as hand:
        assert [file.path.name for file in hand.desk.unasked] == ["0.png", "2.png"]
    with sitting(folder, ask_again=True) as hand:
        assert [file.path.name for file in hand.desk.unasked] == ["0.png", "1.png", "2.png"]


def test_one_date_for_all_leaves_earlier_answers_alone(folder):
    agree(folder, date=None, only="1.png")
    assert agree_all(LabelFolder(folder), pictures_of(folder), "2026-11-05", OPERATOR, now) == 2
    assert {name: given for name, (given, _, _) in answers(folder).items()} == {
        "0.png": "yes", "1.png": "no", "2.png": "yes",
    }  # fmt: skip
    with pytest.raises(ConfigError, match="still to come"):
        agree_all(LabelFolder(folder), pictures_of(folder), "2026-11-21", OPERATOR, now)


def test_consent_taken_back_closes_the_picture_and_ends_the_learning(tmp_path):
    with sitting(site(tmp_path)) as hand:
        first = hand.open
        hand.drag(C7, (20, 0))
    assert len(list(samples(tmp_path))) == 1
    withdraw_consent(LabelFolder(tmp_path), pictures_of(tmp_path), first, OPERATOR, now)
    assert list(samples(tmp_path)) == []
    with sitting(tmp_path) as hand:
        assert first not in [item.file.path.name for item in hand.desk.items]
    manifest = LabelFolder(tmp_path).manifest
    assert [one.given for one in manifest.consents if one.sha256 == manifest.consents[-1].sha256] == ["yes", "no"]


def test_taking_consent_back_for_an_unknown_picture_says_so(tmp_path):
    with pytest.raises(ConfigError, match=r"no picture 9\.png"):
        withdraw_consent(LabelFolder(tmp_path), pictures_of(site(tmp_path)), "9.png", OPERATOR, now)


def test_the_statement_stands_on_the_screen_and_in_the_manifest(folder):
    hand = Hand(folder)
    written = " ".join(" ".join(text.paragraph.lines) for text in hand.tool.canvas.texts)
    hand.tool.close()
    agree(folder, date=DAY)
    statement = json.loads((folder / "labels" / "manifest.json").read_text())["statement"]
    assert statement in written
