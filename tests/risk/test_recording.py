import sqlite3
from dataclasses import replace

import numpy as np
import pytest

from edge.errors import StoreError
from edge.risk.movement_tracker import assess
from edge.risk.recording import Movement, Recording, unpacked
from tests.risk.movements import counting_network, waving


def test_a_recording_played_back_gives_the_identical_landmarks_and_the_identical_index(tmp_path):
    seen = [replace(one, landmarks=None) if one.index in (7, 8) else one for one in waving(7.0, lean_deg=3.3)]
    with Recording(tmp_path / "movements.sqlite") as recording:
        number = recording.begin("walk", "K7M2")
        for one in seen:
            recording.add(number, one)
    with Recording(tmp_path / "movements.sqlite") as recording:
        played = list(recording.play(number))
    assert len(played) == len(seen)
    for first, second in zip(seen, played, strict=True):
        assert (first.index, first.time_s, first.people) == (second.index, second.time_s, second.people)
        if first.landmarks is None:
            assert second.landmarks is None
            continue
        for name in ("xyz_px", "world_m", "score", "recovered"):
            assert np.array_equal(getattr(first.landmarks, name), getattr(second.landmarks, name))
    network = counting_network()
    assert assess(seen, network) == assess(played, network)
    assert assess(seen, network).index is not None


def test_a_rating_is_kept_and_a_missing_one_stays_missing(tmp_path):
    with Recording(tmp_path / "movements.sqlite") as recording:
        first, second = recording.begin("walk", "K7M2"), recording.begin("jump")
        recording.rate(first, 80)
        assert recording.movements() == [Movement(first, "walk", "K7M2", 80), Movement(second, "jump", "", None)]
        with pytest.raises(ValueError, match="between 0 and 100"):
            recording.rate(second, 101)


def test_a_recording_has_no_place_for_a_name(tmp_path):
    Recording(tmp_path / "movements.sqlite").close()
    columns = {
        row[1]
        for table in ("movement", "frame")
        for row in sqlite3.connect(tmp_path / "movements.sqlite").execute(f"PRAGMA table_info({table})")
    }
    assert columns == {
        *("id", "task", "session", "rating"),
        *("movement", "number", "time_s", "posed_s", "people", "landmarks"),
    }


def test_something_else_is_not_taken_for_a_recording(tmp_path):
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"this is no database, and long enough to be read as one" * 20)
    with pytest.raises(StoreError, match="no recording"):
        Recording(other)
    newer = tmp_path / "newer.sqlite"
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 9")
    with pytest.raises(StoreError, match="another version"):
        Recording(newer)


def test_a_frame_is_kept_once_and_damage_is_said(tmp_path):
    with Recording(tmp_path / "movements.sqlite") as recording:
        number = recording.begin("walk")
        one = next(iter(waving(1.0)))
        recording.add(number, one)
        with pytest.raises(StoreError, match="cannot be recorded"):
            recording.add(number, one)
    with pytest.raises(StoreError, match="damaged"):
        unpacked(b"short", 1.0)
