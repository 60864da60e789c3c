"""Words this station never uses: it measures posture, it does not judge a person and does not name an illness."""

FORBIDDEN = (
    "cobb",
    "scoliosis detected",
    "healthy spine",
    "correct your curve",
    "progression",
    "abnormal",
    "deform",
    "diagnos",
    "disease",
    "patient",
    "bad posture",
    "score",
)
"""Lower case; searched anywhere in a text. Only the fixed notice of `edge.session.summary` may differ."""


def forbidden_in(text: str) -> tuple[str, ...]:
    """
    Which forbidden words a text contains.

    >>> forbidden_in("Your Cobb angle is fine")
    ('cobb',)
    """
    return tuple(word for word in FORBIDDEN if word in text.lower())
