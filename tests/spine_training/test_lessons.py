"""What films teach stands beside what other films taught."""

from pathlib import Path

from models.spine.lessons import FIRST, first_free


def test_the_first_films_begin_at_their_own_number(tmp_path: Path):
    (tmp_path / "shard-000899.npz").touch()
    (tmp_path / "shard-020119.npz").touch()

    assert first_free(tmp_path) == FIRST


def test_more_films_do_not_overwrite_what_is_there(tmp_path: Path):
    for number in (FIRST, FIRST + 1, FIRST + 7):
        (tmp_path / f"shard-{number:06d}.npz").touch()

    assert first_free(tmp_path) == FIRST + 8
