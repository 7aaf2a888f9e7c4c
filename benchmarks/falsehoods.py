"""Claims on the example articles: true ones in other words, and one edit away from each a false one.

What tools that check text against a source are compared on (benchmarks/others.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


class Claim(NamedTuple):
    """A claim on the example article `article`; `edit` says what makes it false, "" for a true one."""

    article: str
    text: str
    edit: str = ""

    @property
    def source(self) -> str:
        """The text of the article."""
        return (EXAMPLES / self.article).read_text(encoding="utf-8")


_HERALD, _COURIER, _SUMMIT = "ferry-herald.md", "ferry-courier.md", "summit.txt"

CLAIMS = (
    Claim(_HERALD, "Fourteen people received hospital treatment for minor injuries."),
    Claim(_HERALD, "Fifteen people received hospital treatment for minor injuries.", "figure"),
    Claim(_HERALD, "The ferry had 212 passengers on board when it ran aground on Tuesday night."),
    Claim(_HERALD, "The ferry had 221 passengers on board when it ran aground on Tuesday night.", "figure"),
    Claim(_HERALD, "The ferry had 212 passengers on board when it ran aground on Monday night.", "time"),
    Claim(_HERALD, "Divers did not find any damage to the fuel tanks."),
    Claim(_HERALD, "Divers found damage to the fuel tanks.", "polarity"),
    Claim(_HERALD, "The Marine Safety Office asked Alder Lines for the maintenance records of the ship."),
    Claim(_HERALD, "Alder Lines asked the Marine Safety Office for the maintenance records of the ship.", "roles"),
    Claim(_HERALD, "Alder Lines has cancelled all crossings until Friday."),
    Claim(_HERALD, "Alder Lines has resumed all crossings until Friday.", "polarity"),
    Claim(_HERALD, "Alder Lines has cancelled most crossings until Friday.", "bound"),
    Claim(_HERALD, "Moira Keane, who teaches in Dunmore, heard a long scrape before the lights went out."),
    Claim(_HERALD, "Moira Keane, who teaches in Dunmore, heard a long scrape after the lights went out.", "time"),
    Claim(_HERALD, "“We heard a loud scrape and then the lights went out,” said Moira Keane.", "quotation"),
    Claim(_HERALD, "“We heard a long scrape and then the lights went out,” said Tom Brannigan.", "speaker"),
    Claim(_HERALD, "The fleet was last renewed in 1998."),
    Claim(_HERALD, "The fleet was last renewed in 1989.", "figure"),
    Claim(_HERALD, "The steering failed before the vessel struck a sandbank two kilometres from the harbour entrance."),
    Claim(
        _HERALD, "The steering failed before the vessel struck a sandbank two miles from the harbour entrance.", "unit"
    ),
    Claim(_HERALD, "The brakes failed before the vessel struck a sandbank off the harbour entrance.", "invented"),
    Claim(_COURIER, "A tug is to try to pull the ferry off at high tide on Thursday."),
    Claim(_COURIER, "A tug pulled the ferry off at high tide on Thursday.", "commitment"),
    Claim(_COURIER, "Tom Brannigan, who heads Alder Lines, said the crew had done everything right."),
    Claim(_COURIER, "Tom Brannigan, who heads Alder Lines, said the crew had done nothing right.", "polarity"),
    Claim(
        _COURIER, "Tom Brannigan, who heads the Marine Safety Office, said the crew had done everything right.", "title"
    ),
    Claim(_COURIER, "According to the coastguard, lifeboats had taken all passengers ashore before midnight."),
    Claim(_COURIER, "According to the coastguard, lifeboats had taken all passengers ashore after midnight.", "time"),
    Claim(_COURIER, "Other ships could use the harbour again from Wednesday morning."),
    Claim(_COURIER, "Other ships could use the harbour again from Thursday morning.", "time"),
    Claim(_COURIER, "The Marine Safety Office closed an inquiry on Wednesday.", "polarity"),
    Claim(_SUMMIT, "Takaichi and Marcos spoke for about an hour."),
    Claim(_SUMMIT, "Takaichi and Marcos spoke for about two hours.", "figure"),
    Claim(_SUMMIT, "Japan and the Philippines agreed to open negotiations on GSOMIA."),
    Claim(_SUMMIT, "Japan and the Philippines signed GSOMIA.", "commitment"),
    Claim(
        _SUMMIT, "The leaders agreed to speed up talks on exports of defense equipment from Japan to the Philippines."
    ),
    Claim(
        _SUMMIT, "The leaders agreed to speed up talks on exports of defense equipment from the Philippines.", "roles"
    ),
    Claim(
        _SUMMIT, "The leaders agreed to suspend talks on exports of defense equipment to the Philippines.", "polarity"
    ),
    Claim(_SUMMIT, "The leaders agreed to look into a review of the Economic Partnership Agreement."),
    Claim(_SUMMIT, "The leaders completed a review of the Economic Partnership Agreement.", "commitment"),
    Claim(_SUMMIT, "Philippine forces have asked for ships and radar."),
    Claim(_SUMMIT, "Philippine forces have received ships and radar.", "commitment"),
    Claim(_SUMMIT, "President Takaichi received Prime Minister Marcos in Tokyo.", "title"),
)
