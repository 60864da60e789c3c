"""Who said something and when."""

import datetime
import re
from collections.abc import Callable

from edge.errors import ConfigError
from models.spine.label.record import OPERATOR, ROLES

Now = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    """The wall's time, UTC."""
    return datetime.datetime.now(datetime.timezone.utc)


def as_text(moment: datetime.datetime) -> str:
    """
    A moment as the files keep it.

    >>> as_text(datetime.datetime(2026, 11, 20, 12, 40, 30, 500, tzinfo=datetime.timezone.utc))
    '2026-11-20T12:40:30Z'
    """
    return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def check_operator(text: str) -> str:
    """
    The code of who operates, if it is one.

    Raises:
        ConfigError: it is none; it might be a name.
    """
    if not re.fullmatch(OPERATOR, text):
        raise ConfigError(
            f"--operator: write a role and a number, e.g. nurse-2, never a name; roles: {', '.join(ROLES)}"
        )
    return text


def consent_date(text: str, today: datetime.date) -> datetime.date:
    """
    The date of a consent, written YYYY-MM-DD.

    Raises:
        ConfigError: it is no date, or one still to come.
    """
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        date = datetime.date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"write the date of the consent as YYYY-MM-DD, not {text!r}") from None
    if date > today:
        raise ConfigError(f"{text} is still to come, write the date on which consent was given")
    return date
