"""
The session code: six characters of Crockford's base 32 and a check character, e.g. 7K3-M9Q-4.

No I, L, O and U, so it can be read out loud and copied by hand; the check character finds any single wrong character
and any swapped pair. Codes whose check character would be one of Crockford's five extra signs are not given out.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DIGITS = 6
MODULUS = 37
LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def code_of(number: int) -> str:
    """
    The code for a random number; its lowest 30 bits count.

    >>> code_of(0)
    '000-000-0'
    """
    number %= 32**DIGITS
    number -= max(0, number % MODULUS - (len(ALPHABET) - 1))
    digits = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(DIGITS)))
    return f"{digits[:3]}-{digits[3:]}-{ALPHABET[number % MODULUS]}"


def is_code(text: str) -> bool:
    """
    Whether a text, as somebody typed it, is a code: lower case, spaces and O for 0 are forgiven.

    >>> is_code("ooo 000 o"), is_code("000-001-0")
    (True, False)
    """
    plain = text.upper().translate(LIKE)
    if len(plain) != DIGITS + 1 or any(character not in ALPHABET for character in plain):
        return False
    number = 0
    for character in plain[:-1]:
        number = number * 32 + ALPHABET.index(character)
    return number % MODULUS == ALPHABET.index(plain[-1])
