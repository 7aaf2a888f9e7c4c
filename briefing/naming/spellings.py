"""When two words of names are the same one: other endings, other spellings, short forms of first names."""

from __future__ import annotations

import re

from ..grammar import given_names


def alike(one: str, other: str) -> bool:
    """Tell whether two plain words are the same name in two spellings or endings.

    >>> alike("zelensky", "zelenskyy"), alike("bavaria", "bavarian"), alike("lopes", "lopez")
    (True, True, False)
    """
    if one == other:
        return True
    if min(len(one), len(other)) < 3 or one[0] != other[0]:
        return False
    if _sound(one) == _sound(other):
        return True
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    short, long = sorted((one[shared:], other[shared:]), key=len)
    if shared < 4 or short not in _ENDINGS or long not in _ENDINGS:
        return False
    return len(long) > 1 or (not short and long in {"s", "n", "i"})  # "duarte" and "duarta" are two names


def nickname(one: str, other: str) -> bool:
    """Tell whether one first name may be short for the other: `ben` for `benjamin`, `bill` for `william`.

    >>> nickname("ben", "benjamin"), nickname("william", "bill"), nickname("ana", "maria")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    if len(short) >= 3 and long.startswith(short) and len(long) > len(short) + 1:
        return True
    if len(short) == 1:
        return long.startswith(short)
    groups = given_names.SHORT
    return bool(groups.get(one, frozenset({one})) & groups.get(other, frozenset({other})))


def one_letter_apart(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter: changed, left out, added, or two neighbours exchanged.

    >>> one_letter_apart("takaichi", "takiachi"), one_letter_apart("lopes", "silva")
    (True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    mine, theirs = one[start:], other[start:]
    exchanged = mine[:2] == theirs[:2][::-1] and mine[2:] == theirs[2:]
    return exchanged or mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]


_ENDINGS = {""} | frozenset(
    "s n an ian ans ians ese ish i is er ers ic ics ist ists ism ity ite ites ns a ia e ne ine ines in d sm st".split()
)


def _sound(word: str) -> str:
    word = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    word = re.sub(r"([aeiou])\1+", r"\1", word)
    return re.sub(r"[iyj]+$", "y", word)
