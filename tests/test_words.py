"""Which words a person never reads here, and which never stand in the repository at all."""

import ast
import re
from pathlib import Path

import pytest

from tests.repository import ROOT, files, relative

FORBIDDEN = ["cobb", "scoliosis detected", "healthy spine", "correct your curve", "progression"]
"""We screen and measure in the picture plane: none of these is ours to say."""
WELCOME = ["not a diagnosis", "never diagnoses", "if needed, an x-ray can diagnose scoliosis"]
"""The only ways to mention what a clinician does."""
LISTS_THEM = ROOT / "edge" / "guidance" / "wording.py"

_REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted",
    "registry.npm" + "js",
    "conda" + ".anaconda",
    "hugging" + "face.co",
]
_MACHINE = ["/wor" + "k/", "/ro" + "ot/", "/ho" + r"me/(?!\$)", "@[a-z0-9.-]+" + r"\.(com|org|net)\b"]


def sentences(path: Path) -> list[str]:
    """The strings of a Python file that a person could get to read: all but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [str(node.value) for node in strings if id(node) not in bare]


def readable(path: Path) -> list[str]:
    return sentences(path) if path.suffix == ".py" else [path.read_text(encoding="utf-8")]


PUBLIC = [
    path
    for path in files()
    if path.relative_to(ROOT).parts[0] in {"edge", "README.md", "firmware_config", "systemd"} and path != LISTS_THEM
]


def slips(text: str) -> list[str]:
    """What must not be said, out of a text."""
    plain = " ".join(text.lower().split())
    for phrase in WELCOME:
        plain = plain.replace(phrase, "")
    return [word for word in FORBIDDEN if word in plain] + re.findall(r"diagnos(?:is|es|e|ed|ing)\b", plain)


@pytest.mark.parametrize("path", PUBLIC, ids=relative)
def test_nobody_reads_a_word_that_is_not_ours_to_say(path):
    assert [slip for text in readable(path) for slip in slips(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Your Cobb angle is 12°",
        "Scoliosis\n detected",
        "a healthy spine",
        "Correct your curve!",
        "it diagnoses scoliosis",
    ],
)
def test_a_slip_would_be_found(text):
    assert slips(text)


@pytest.mark.parametrize(
    "text",
    [
        "Screening aid — not a diagnosis.",
        "Only a clinician and, if needed, an X-ray can diagnose scoliosis.",
        "progress",
    ],
)
def test_saying_what_we_are_not_is_welcome(text):
    assert slips(text) == []


@pytest.mark.parametrize("path", files(), ids=relative)
def test_no_file_names_a_registry_a_machine_or_a_person(path):
    text = path.read_text(encoding="utf-8")
    assert [pattern for pattern in _REGISTRIES + _MACHINE if re.search(pattern, text)] == []


def test_the_whole_repository_is_read():
    found = {relative(path) for path in files()}
    assert {"README.md", "setup.sh", ".ci/run", "requirements.lock", "edge/clock.py", "tests/test_words.py"} <= found
    assert not any(name.startswith((".venv", "models/built", "models/cache")) for name in found)
