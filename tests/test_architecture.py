"""The rules of the house that import-linter and ruff cannot say; see ARCHITECTURE.md."""

import ast
import tokenize
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from tests.repository import ROOT, files, relative, sources

EDGE = sources("edge")
WORKSHOP = sources("models", "calibration")
TESTS = sources("tests")
FOLDERS = {"calibration", "edge", "firmware_config", "models", "systemd", "tests"}

DRIVER_FLOORS = ["camera", "engine", "display", "panel", "mqtt"]
MEASURING_FLOORS = {"pose", "occlusion", "spine", "risk", "guidance", "session"}
COMMANDS = {"bench", "demo", "picture", "assembly", "factory", "cli", "__main__"}
"""What puts processes together, and what a person starts beside them: these may know drivers and write pictures."""

WRITERS = {
    *("imwrite", "imwritemulti", "imencode", "imencodemulti", "VideoWriter", "H264Encoder", "MJPEGEncoder"),
    *("save_extended", "savez", "savez_compressed", "savetxt", "tofile"),
    *("image.save", "np.save", "numpy.save"),
}
SOCKETS = {"socket", "socketserver", "ssl", "http", "urllib", "asyncio", "ftplib", "smtplib", "paho", "requests"}
MAY_TALK = {"mqtt", "relay", "collector", "notify"} | COMMANDS
NOT_EVERYWHERE = {"picamera2", "libcamera", "tensorrt", "pycuda", "gpiozero", "lgpio", "openvino"}
"""Libraries of a device or of an optional extra."""


def floor(path: Path) -> str:
    """The folder or file of `edge` a source belongs to."""
    return path.relative_to(ROOT / "edge").parts[0].removesuffix(".py")


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported anywhere in a tree, by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def names(tree: ast.AST) -> Iterator[str]:
    """Every name and attribute a tree mentions, imported ones included; `VideoWriter.fourcc` only spells a format."""
    spelling = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "fourcc"}
    for node in ast.walk(tree):
        if id(node) in spelling:
            continue
        if isinstance(node, ast.Attribute):
            yield node.attr
            yield ".".join(ast.unparse(node).split(".")[-2:])
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
            yield from (f"{(node.module or '').split('.')[-1]}.{alias.name}" for alias in node.names)


def offenders(paths: list[Path], forbidden: set[str]) -> list[str]:
    return [f"{relative(path)}: {name}" for path in paths for name in names(parse(path)) if name in forbidden]


@pytest.mark.parametrize("path", EDGE + WORKSHOP + TESTS, ids=relative)
def test_a_file_fits_on_a_few_screens(path):
    with tokenize.open(path) as file:
        assert sum(1 for _ in file) <= 300


@pytest.mark.parametrize("path", EDGE + WORKSHOP, ids=relative)
def test_every_file_says_what_it_is_for(path):
    assert ast.get_docstring(parse(path))


def test_there_is_no_other_top_level_folder():
    held = {path.relative_to(ROOT).parts[0] for path in files() if path.parent != ROOT}
    assert {name for name in held if not name.startswith(".")} == FOLDERS


@pytest.mark.parametrize("name", DRIVER_FLOORS)
def test_every_driver_folder_has_a_simulated_twin(name):
    assert (ROOT / "edge" / name / "simulated.py").exists()


@pytest.mark.parametrize("process", ["edge.station", "edge.vision"])
def test_no_picture_or_video_writer_can_be_reached_from_what_sees_the_person(process):
    graph = grimp.build_graph("edge", cache_dir=None)
    reached = {process, *graph.find_upstream_modules(process)}
    # The drivers are chosen by the factory, so no import leads to them: their whole floors count as reached.
    reached |= {name for name in graph.modules if name.split(".")[1:2] and name.split(".")[1] in DRIVER_FLOORS}
    paths = [path for path in EDGE if ".".join(path.relative_to(ROOT).with_suffix("").parts) in reached]
    assert len(paths) > 20
    assert offenders(paths, WRITERS) == []


@pytest.mark.parametrize(
    "source",
    [
        "cv2.imwrite(p, f)",
        "from cv2 import VideoWriter",
        "pygame.image.save(s, p)",
        "f.tofile(p)",
        "w = cv2.VideoWriter",
    ],
)
def test_a_writer_would_be_found(source):
    assert WRITERS & set(names(ast.parse(source)))


def test_only_the_wire_and_the_notifier_open_sockets():
    talking = [path for path in EDGE if SOCKETS & {name.split(".")[0] for name in imported(parse(path))}]
    assert {floor(path) for path in talking} <= MAY_TALK


def test_only_the_clock_reads_wall_time():
    for path in EDGE:
        if floor(path) == "clock":
            continue
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
                owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                read = (owner, node.attr)
                assert read not in {("time", "time"), ("time", "time_ns")}, relative(path)
                assert read[0] not in {"datetime", "date"} or read[1] not in {"now", "utcnow", "today"}, relative(path)


@pytest.mark.parametrize("name", sorted(MEASURING_FLOORS))
def test_measuring_takes_its_time_from_the_frames(name):
    paths = [path for path in EDGE if floor(path) == name]
    assert [relative(path) for path in paths if "time" in set(imported(parse(path)))] == []


def test_only_the_factory_and_the_commands_know_which_driver_exists():
    drivers = {"picamera", "webcam", "recording", "folder", "gpio", "none", "pygame", "paho", "onnx", "openvino"}
    for path in EDGE:
        for module in imported(parse(path)):
            home, _, driver = module.removeprefix("edge.").partition(".")
            if module.startswith("edge.") and home in DRIVER_FLOORS and driver in drivers | {"simulated"}:
                assert floor(path) in COMMANDS | {home}, f"{relative(path)} imports {module}"


def test_imports_stand_at_the_top_but_for_devices_and_what_the_factory_chooses():
    for path in EDGE:
        if floor(path) in COMMANDS:
            continue
        tree = parse(path)
        at_the_top = {id(node) for node in tree.body} | {
            id(child) for node in tree.body if isinstance(node, ast.If | ast.Try) for child in ast.walk(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in at_the_top:
                (first, *_) = imported(node)
                assert first.split(".")[0] in NOT_EVERYWHERE, f"{relative(path)}:{node.lineno} imports {first}"
