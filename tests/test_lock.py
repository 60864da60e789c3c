"""What the locks promise: every package pinned, hashed and real, from nowhere in particular."""

import re
from pathlib import Path

import pytest

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
LOCKS = [ROOT / "requirements.lock", ROOT / "tests" / "requirements.lock"]
PYTHONS = ["3.10", "3.11", "3.12", "3.13"]
MACHINES = ["x86_64", "aarch64"]


def entries(lock: Path) -> list[tuple[Requirement, list[str]]]:
    """Each requirement of a lock with its hashes."""
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    split = [line.split("--hash=") for line in joined if line.strip() and not line.startswith("#")]
    return [(Requirement(first.strip()), [rest.strip() for rest in hashes]) for first, *hashes in split]


def pinned(lock: Path, python: str, machine: str) -> dict[str, Version]:
    """What a machine gets: name to version."""
    place = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "platform_machine": machine,
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    here = [entry for entry, _ in entries(lock) if entry.marker is None or entry.marker.evaluate(place)]
    versions = {entry.name: Version(next(iter(entry.specifier)).version) for entry in here}
    assert len(versions) == len(here), "a package is pinned twice for one machine"
    return versions


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(ROOT)))
class TestLock:
    def test_every_package_is_pinned_exactly_and_hashed(self, lock):
        for entry, hashes in entries(lock):
            assert [clause.operator for clause in entry.specifier] == ["=="], entry
            assert hashes, entry
            assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), entry

    def test_it_names_no_place_to_fetch_from(self, lock):
        assert not re.search(r"https?:|--index|--extra-index|--find-links|--trusted| @ ", lock.read_text())

    @pytest.mark.parametrize("machine", MACHINES)
    @pytest.mark.parametrize("python", PYTHONS)
    def test_the_known_traps_are_avoided_on_every_machine(self, lock, python, machine):
        versions = pinned(lock, python, machine)
        assert versions["paho-mqtt"] >= Version("2.2")
        assert versions["opencv-python-headless"] < Version("5")
        assert "opencv-python" not in versions
        assert versions.get("lgpio", Version("0.2.2.0")) >= Version("0.2.2.0")

    def test_no_version_is_a_placeholder(self, lock):
        versions = [(entry.name, Version(next(iter(entry.specifier)).version)) for entry, _ in entries(lock)]
        assert [name for name, version in versions if version.is_prerelease or version <= Version("0.0.1")] == []


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_station_and_its_tests_use_the_same_versions(python, machine):
    station, tests = (pinned(lock, python, machine) for lock in LOCKS)
    assert station.items() <= tests.items()


@pytest.mark.parametrize(
    ("lock", "extras"),
    [(LOCKS[0], ["build"]), (LOCKS[1], ["build", "test", "openvino", "people"])],
    ids=["station", "tests"],
)
@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_satisfies_the_project(lock, extras, python, machine):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + [name for extra in extras for name in project["optional-dependencies"][extra]]
    versions = pinned(lock, python, machine)
    place = {"python_version": python, "platform_machine": machine}
    for requirement in map(Requirement, wanted):
        if requirement.marker is None or requirement.marker.evaluate(place):
            assert requirement.specifier.contains(versions[requirement.name]), requirement


def test_what_builds_the_project_is_locked_too():
    assert pinned(LOCKS[0], "3.11", "x86_64")["setuptools"] >= Version("77")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(ROOT)))
def test_every_machine_calculates_with_the_same_numpy(lock):
    """Its types differ from version to version, and so may last digits: the networks are built to the same bytes."""
    assert len({pinned(lock, python, machine)["numpy"] for python in PYTHONS for machine in MACHINES}) == 1
