"""Units of measure and money, and what a quantity in one is.

Money is compared by currency and never converted. Factors: the International System of Units; a month is a twelfth of
a year of 365.25 days.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_MONTH = 2_629_800
# What is measured: each spelling with its factor to a common unit.
_MEASURES: dict[str, dict[str, str]] = {
    "time": {
        "1": "second seconds sec secs",
        "60": "minute minutes min mins",
        "3600": "hour hours hr hrs",
        "86400": "day days night nights",
        "604800": "week weeks",
        "1209600": "fortnight fortnights",
        str(_MONTH): "month months",
        str(_MONTH * 12): "year years yr yrs",
        str(_MONTH * 120): "decade decades",
        str(_MONTH * 1200): "century centuries",
    },
    "length": {
        "1": "metre metres meter meters",
        "1000": "km kms kilometre kilometres kilometer kilometers",
        "0.01": "cm centimetre centimetres centimeter centimeters",
        "0.001": "mm millimetre millimetres millimeter millimeters",
        "1609.344": "mile miles",
        "0.3048": "foot feet ft",
        "0.0254": "inch inches",
        "0.9144": "yard yards",
    },
    "mass": {
        "1": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
        "0.001": "gram grams gramme grammes",
        "1000": "tonne tonnes ton tons",
        "0.02835": "ounce ounces oz",
    },
    "area": {"10000": "hectare hectares", "4046.86": "acre acres"},
    "volume": {"1": "litre litres liter liters", "3.785": "gallon gallons"},
    "power": {
        "1": "watt watts",
        "1000": "kw kilowatt kilowatts",
        "1000000": "mw megawatt megawatts",
        "1000000000": "gw gigawatt gigawatts",
    },
    "speed": {"1": "kph km/h kmh", "1.609344": "mph"},
    "degree": {"1": "degree degrees °c °f ° °"},
    "points": {"1": "percentage-point percentage-points pp", "0.01": "basis-point basis-points bp bps"},
    "%": {"1": "% percent per-cent pct"},
}
_AREA = {"kilometre": "1000000", "kilometer": "1000000", "km": "1000000", "mile": "2589988", "metre": "1", "meter": "1"}
_AREA |= {"foot": "0.092903", "feet": "0.092903"}
_CURRENCIES: dict[str, str] = {
    "dollar": "dollar dollars usd",
    "euro": "euro euros eur",
    "pound": "pound pounds gbp sterling",
    "yen": "yen jpy",
    "yuan": "yuan renminbi cny rmb",
    "rupee": "rupee rupees",
    "rupiah": "rupiah",
    "peso": "peso pesos",
    "rouble": "rouble roubles ruble rubles",
    "franc": "franc francs chf",
    "krona": "krona kronor krone kroner",
    "rand": "rand",
    "lira": "lira",
    "shekel": "shekel shekels",
    "zloty": "zloty zlotys",
    "real": "reais",
    "naira": "naira",
    "shilling": "shilling shillings",
    "dirham": "dirham dirhams",
    "riyal": "riyal riyals",
    "cent": "cent cents",
    "penny": "pence",
}
#: The signs of currencies and the codes that stand before an amount.
SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₱": "peso", "₽": "rouble", "₩": "won"}
SIGNS |= {"usd": "dollar", "eur": "euro", "gbp": "pound", "jpy": "yen", "chf": "franc", "rs": "rupee"}


class Unit(NamedTuple):
    """A unit: what it measures or which currency it is, its factor to the common unit, and how it is written."""

    measure: str
    factor: Decimal
    word: str


UNITS: dict[str, Unit] = {
    spelling: Unit(measure, Decimal(factor), spellings.split()[0])
    for measure, table in _MEASURES.items()
    for factor, spellings in table.items()
    for spelling in spellings.split()
}
UNITS |= {
    spelling: Unit(currency, Decimal(1), currency)
    for currency, spellings in _CURRENCIES.items()
    for spelling in spellings.split()
}
MONEY = frozenset(_CURRENCIES)
_WORDS = "|".join(
    re.escape(word).replace(r"\-", "[ -]") for word in sorted(UNITS, key=len, reverse=True) if word[0].isalpha()
)
_AFTER = re.compile(
    rf"\s?(?P<sign>%|°[ ]?[CF]?\b|°)"
    rf"|[ -]?(?:(?P<fast>km|kilomet(?:er|re)s?)|(?P<faster>miles?))(?:/h\b|[ ](?:an|per)[ ]hour\b)"
    rf"|[ -]?(?:square|sq)[ -](?P<square>{'|'.join(_AREA)})s?\b"
    rf"|(?:[ -]?(?:[A-Z][a-z]{{2,12}}[ ](?=dollar|franc|peso|pound|rupee|kron))?(?P<word>{_WORDS})\b)",
    re.IGNORECASE | re.ASCII,
)


def unit_at(text: str, position: int) -> tuple[Unit, int] | None:
    """Return the unit that stands right after a number that ends at `position`, and where it ends; None if none does.

    >>> unit_at("12 per cent", 2)
    (Unit(measure='%', factor=Decimal('1'), word='%'), 11)
    >>> unit_at("90-minute talks", 2)
    (Unit(measure='time', factor=Decimal('60'), word='minute'), 9)
    """
    match = _AFTER.match(text, position)
    if not match:
        return None
    if match["fast"] or match["faster"]:
        return UNITS["kph" if match["fast"] else "mph"], match.end()
    if match["square"]:
        return Unit("area", Decimal(_AREA[match["square"].lower()]), "square " + match["square"].lower()), match.end()
    if match["sign"]:
        return UNITS["%" if "%" in match["sign"] else "°"], match.end()
    word = re.sub(r"[ -]", "-", match["word"].lower())
    return UNITS[word], match.end()


def same_calendar(one: str, other: str) -> bool:
    """Tell whether two units of time convert exactly: seconds to weeks do, months to centuries do, not across."""
    long = {"month", "year", "decade", "century"}
    return (one in long) == (other in long)


class Quantity(NamedTuple):
    """A quantity in a text: `text[start:end]`, code points from 0.

    `low` and `high` are equal unless it is a range or vague, and count in the common unit of what is measured.
    `measure` is `count`, `%`, `points`, `ordinal`, `clock` (minutes after midnight), `score`, `times` (a factor),
    `label` ("Article 5"), a currency, or what a unit of `units.UNITS` measures; `word` is the unit as written. `noun`
    holds the stems of what is counted, `per` the unit that it is a rate over. `bound` is "", `about`, `nearly`, `over`,
    `least`, `under` or `most`; `role` "", `change` (rose by), `level` (rose to) or `from`. `soft` is what may be no
    figure at all ("an hour", "one"). `goals` is a score in its order.
    """

    low: Decimal
    high: Decimal
    measure: str
    start: int
    end: int
    word: str = ""
    step: Decimal = Decimal(1)
    scale: int = 1
    noun: frozenset[str] = frozenset()
    per: str = ""
    bound: str = ""
    role: str = ""
    soft: bool = False
    age: bool = False
    goals: tuple[tuple[int, int], ...] = ()

    @property
    def value(self) -> Decimal:
        """The value, or the middle of a range."""
        return (self.low + self.high) / 2

    @property
    def vague(self) -> bool:
        """Whether it is a number of no exact value, as `dozens`."""
        return self.word == "vague"
