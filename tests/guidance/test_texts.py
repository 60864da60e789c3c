import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import edge
from edge.guidance.texts import TEXTS, say
from edge.guidance.wording import FORBIDDEN, forbidden_in
from edge.session.summary import NOTICE
from edge.spine.catalogue import CATALOGUE

VALUES = {"px_per_m": "250", "tilt_deg": "1.8", "joints": "left shoulder", "why": "Swayed by 9 mm."} | {
    "seconds": "3",
    "done": "1",
    "wanted": "3",
    "level": "thoracic",
}
SAID_BY_THIS_STATION = ("guidance", "session", "spine", "display", "report", "panel")


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_is_one_clear_sentence(code):
    said = say(code, **VALUES)
    assert said.text[0].isupper()
    assert said.text[-1] in ".!"
    assert len(said.text) <= 60
    assert len(said.detail) <= 140
    assert "{" not in said.text + said.detail


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_has_no_forbidden_word(code):
    said = say(code, **VALUES)
    assert forbidden_in(f"{said.code} {said.text} {said.detail}") == ()


@pytest.mark.parametrize("row", CATALOGUE.values(), ids=lambda row: row.id)
def test_a_measures_name_and_words_have_no_forbidden_word(row):
    said = " ".join([row.name, *(row.words(value) for value in (-50.0, 0.0, 50.0))])
    assert forbidden_in(said) == ()


@pytest.mark.parametrize("word", FORBIDDEN)
def test_the_lint_finds_every_forbidden_word_in_any_case(word):
    assert word in forbidden_in(f"so {word.upper()} it is")


def test_only_the_values_that_are_known_are_asked_for():
    asked = {name for text in TEXTS.values() for _, name, _, _ in Formatter().parse(text.detail) if name}
    assert asked == set(VALUES)


def test_every_code_that_is_said_has_a_text():
    for path in Path(edge.__file__).parent.glob("*/*.py"):
        if path.parent.name in ("guidance", "session"):
            for code in re.findall(r'(?:\bsay|Fault)\(\s*"(\w+)"', path.read_text(encoding="utf-8")):
                assert code in TEXTS, (path.name, code)


@pytest.mark.parametrize("folder", SAID_BY_THIS_STATION)
def test_no_sentence_in_the_sources_has_a_forbidden_word(folder):
    for path in (Path(edge.__file__).parent / folder).glob("*.py"):
        if path.name == "wording.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}
        for node in ast.walk(tree):
            said = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
            # A bare string below a constant is a docstring too; only what has a value is ever said.
            if said and id(node) not in docstrings and node.value != NOTICE and not _is_bare(tree, node):
                assert forbidden_in(node.value) == (), f"{path.name}: {node.value}"


def _has_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None


def _is_bare(tree: ast.Module, node: ast.Constant) -> bool:
    return any(isinstance(statement, ast.Expr) and statement.value is node for statement in ast.walk(tree))
