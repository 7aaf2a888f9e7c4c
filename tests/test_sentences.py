"""Sentences: split where a reader would, with their markers, as exact spans, in linear time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import markers
from briefing.sentences import Piece, split


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in split(text)]


# One running line each: the sentences, joined by one blank.
ONE_LINE = [
    # markers
    ("marker after the stop", ["The talks ended.[1]", "Both sides left."]),
    ("marker after stop and blank", ["The talks ended. [1]", "Both sides left."]),
    ("marker before the stop", ["The talks ended [1].", "Both sides left."]),
    ("two groups", ["The talks ended.[1][2]", "Both sides left. [3, 4]", "Nobody spoke."]),
    ("groups with a comma", ["The talks ended [1], [2].", "Both sides left.[1], [2]", "Nobody spoke."]),
    ("range", ["The talks ended.[1–3]", "Both sides left."]),
    ("marker, then quotation", ["The talks ended. [1]", "“We are done,” she said. [2]", "He nodded."]),
    ("marker after closing quote", ["“We are done.” [1]", "He nodded."]),
    ("marker inside the quote", ["“We are done.[1]”", "He nodded."]),
    ("marker after question", ["Will it hold?[2]", "Nobody knows."]),
    ("marker in mid-sentence", ["Lisbon [1] and Porto [2] agreed.", "Faro did not."]),
    ("marker after an abbreviation that ends", ["It was bought by Harlow Inc. [1]", "Staff were told on Monday."]),
    ("marker after an abbreviation inside", ["Harlow Inc. [1] was sold.", "Staff were told."]),
    ("marker at the end", ["The talks ended.", "Both sides left. [12]"]),
    ("marker and number", ["The talks ended. [1]", "12 people left."]),
    ("marker after bracket", ["He left (by train).[1]", "She stayed."]),
    ("marker after a.m.", ["It opened at 9 a.m. [1]", "The crowd cheered."]),
    ("an omission stays", ["“The plan was bold. [...]", "It failed.”"]),
    ("sic is part", ["“They was [sic] here.”", "She laughed."]),
    # quotations
    ("quote, then sentence", ["“I left.”", "She stayed."]),
    ("question, then small attribution", ["“Are you sure?” he asked.", "She was."]),
    ("exclamation, then attribution", ["'Never!' she said.", "He laughed."]),
    ("question, then name", ["“Are you sure?” Prime Minister Costa asked.", "She was."]),
    ("exclamation, then title and name", ["“We won!” Gov. Lena Ortiz said.", "The hall cheered."]),
    ("question, then a new sentence", ["“Are you sure?”", "Smith said nothing more about the plan."]),
    ("straight quotes", ['He said, "It is over."', '"It is not," she replied.', "They left."]),
    ("straight single quotes", ["'I went home.", "Then I slept,' he said.", "Nobody called."]),
    ("several sentences quoted", ["“I left.", "I went home,” she said.", "He nodded."]),
    ("single in double", ["“He told me, ‘Stay.’”", "She did not."]),
    ("guillemets", ["«It is over.»", "She left."]),
    ("apostrophes", ["The players' union won.", "It's the '90s again.", "Rock 'n' roll lives."]),
    ("Treebank quotes", ["`` It is over . ''", "She left ."]),
    ("brackets with a sentence", ["(The mayor was absent.)", "The vote went on."]),
    ("brackets inside", ["The mayor (he arrived late.) spoke.", "The vote went on."]),
    ("sentences in brackets", ["She lost (again.", "Or so it seemed).", "He won."]),
    ("quote after a colon", ["He put it simply: “No deal.”", "Talks go on."]),
    # names, titles, abbreviations
    ("initials", ["J. K. Rowling spoke.", "A. P. J. Abdul Kalam listened."]),
    ("middle initial", ["Judge Mary E. Walsh agreed.", "Others did not."]),
    ("ranks", ["Lt. Gen. Ana Ruiz and Sgt. Bo Lind met U.S. Sen. Eve Park.", "All three smiled."]),
    ("a title before a name like a word", ["Mr. So met Ms. An.", "Dr. No stayed home."]),
    ("U.S. inside", ["The U.S. Navy and the U.K. government agreed.", "France did not."]),
    ("U.S. at the end", ["They live in the U.S.", "The next year they left."]),
    ("D.C.", ["She works in Washington, D.C.", "He works in Lima."]),
    ("months", ["It opened on Sept. 2 and shut on Jan. 4, 2020.", "Nobody came."]),
    ("number", ["She lives at No. 10.", "See Fig. 3 and pp. 4 and 5."]),
    ("no as a word", ["I asked and he said no.", "She said it was up to me.", "Then we left."]),
    ("a.m. and p.m.", ["It runs from 9 a.m. to 5 p.m. on weekdays.", "It shuts on Sundays."]),
    ("p.m. at the end", ["They met at 6 p.m.", "He was late."]),
    ("p.m. and a zone", ["They met at 6 p.m. (EST) in Lima.", "He was late."]),
    ("saint and street", ["St. Louis beat St. Paul.", "They met on Main St. near the river."]),
    ("company inside", ["Harlow Inc. and Bright Co. merged.", "Shares rose."]),
    ("company at the end", ["He joined Harlow Inc.", "The firm grew."]),
    ("junior", ["Sammy Davis Jr. sang.", "They named him Ray Jr.", "The boy smiled."]),
    ("versus", ["It was Roe v. Wade.", "It is City vs. United tonight."]),
    ("Latin", ["Bring food, e.g. Bread or fruit, i.e. Enough for a day.", "Water is free."]),
    ("etc.", ["They sold cars, vans, etc. and bikes.", "Nobody bought them."]),
    ("a name with a mark", ["She works at Yahoo! in sales.", "He was the voice of Wham! for years."]),
    # numbers, ellipses, addresses
    ("decimals", ["It cost $3.5 million, up 4.25 percent.", "That is version 2.0.1 of it."]),
    ("year, then number", ["It ended in 2004.", "50 people had died."]),
    ("ellipsis inside", ["He was ... not sure.", "She was… quiet."]),
    ("ellipsis, then sentence", ["He was not sure...", "She left."]),
    ("spaced ellipsis", ["He was . . . not sure.", "She left."]),
    ("marks in a row", ["What?!", "No way!!", "Yes."]),
    (
        "address",
        ["See https://example.org/a.html?b=C.D for more.", "Mail Jo.Doe@example.org today.", "Go to news.example.com."],
    ),
    ("address at the end", ["It is at www.example.org/about.", "Have a look."]),
    ("no blank between", ["He left.", "She stayed."]),
    # datelines, lists, dashes
    ("dateline", ["TOKYO (AP) — The deal was signed.", "It holds."]),
    ("dateline with date", ["ST. PAUL, Minn., Sept. 2 (Reuters) - Rain fell.", "Rivers rose."]),
    ("enumeration", ["1. Talks begin.", "2. Trade grows.", "3. Peace holds."]),
    ("enumeration without stops", ["1) Talks begin", "2) Trade grows"]),
    ("inline bullets", ["• Talks begin", "• Trade grows"]),
    ("dashes round a question", ["Some were -- who would say so? -- a bit late.", "Others were not."]),
    ("question and answer", ["Q. What is it?", "A. It is a ship."]),
    ("dash after a stop", ["Nobody came.", "— So it ended."]),
    ("smiley", ["It was fun. :)", "We left."]),
    # tokenised and lower-cased text, as in CNN/DM
    (
        "lower-cased, tokenised",
        ["iraqi forces took the city .", "the gains , an official said , came late .", "how many died ?"],
    ),
    ("lower-cased titles", ["mr. smith met u.s. sen. warren .", "they spoke ."]),
    ("tokenised quotes", ["she left .", '" we go home . "', "he stayed ."]),
    ("tokenised opening", ["it is over , ' he said .", "' we go home , ' he added ."]),
    ("careless lower case", ["the food is fine.", "the room is not.", "would I return?", "maybe."]),
    # other languages
    ("German", ["Am 3. Oktober sprach Dr. Müller.", "„Es reicht.“", "Dann ging er."]),
    ("Danish", ["Den 3. oktober kom hun.", "Han gik."]),
    ("French", ["« C’est fini. »", "Il est parti.", "Vraiment ?", "Oui !"]),
    ("Spanish", ["¿Es verdad?", "¡Claro!", "El Sr. Ruiz lo dijo."]),
    ("Russian", ["Он ушёл.", "Она осталась.[1]", "Почему?"]),
    ("Arabic", ["ذهب الوزير إلى القاهرة.", "هل عاد؟", "نعم."]),
    ("Hindi", ["वह गया।", "क्या वह लौटा?", "हाँ। [2]", "सब ठीक है।"]),
]


@pytest.mark.parametrize("sentences", [case[1] for case in ONE_LINE], ids=[case[0] for case in ONE_LINE])
def test_one_line(sentences: list[str]) -> None:
    assert texts(" ".join(sentences)) == sentences


def test_enough_cases() -> None:
    assert len(ONE_LINE) >= 60
    assert len({case[0] for case in ONE_LINE}) == len(ONE_LINE)


WRAPPED = (
    "The leaders of the two countries met for an hour on the sidelines of\n"
    "the summit in New York on Sept. 25 and agreed to meet again on May\n"
    "17. The place is not known. Aides of both sides were told to ask Mr.\n"
    "Smith.[1]\n"
    "[2] He was away."
)

LINES = [
    ("glued", "He left.She stayed.", ["He left.", "She stayed."]),
    ("marker glued", "He left.[1]She stayed.", ["He left.[1]", "She stayed."]),
    (
        "Japanese",
        "彼は行った。「そうだ。」と言った。終わり！[1]本当？はい",
        ["彼は行った。", "「そうだ。」と言った。", "終わり！[1]", "本当？", "はい"],
    ),
    ("blanks of all kinds", "He is 5.\u00a0" + "\u3000" * 80 + "She is 6.", ["He is 5.", "She is 6."]),
    ("Thai", "รัฐบาลประกาศแล้ว ประชาชนยินดี", ["รัฐบาลประกาศแล้ว ประชาชนยินดี"]),
    (
        "one paragraph a line",
        "He left the city\nMr. So stayed.\nAll slept.",
        ["He left the city", "Mr. So stayed.", "All slept."],
    ),
    ("carriage returns", "He left.\r\nShe stayed\r\n\r\nAll slept.", ["He left.", "She stayed", "All slept."]),
    ("marker alone on a line", "He left.\n[1]\nShe stayed.\n\n[2]", ["He left.\n[1]", "She stayed.\n\n[2]"]),
    ("marker opens the next line", "He left.\n[1] She stayed.", ["He left.\n[1]", "She stayed."]),
    ("list of sources", "Sources:\n[1] Reuters.\n[2] AP.", ["Sources:", "[1] Reuters.", "[2] AP."]),
    ("marker opens the text", "[1] He left. She stayed.", ["[1] He left.", "She stayed."]),
    (
        "hard-wrapped",
        WRAPPED,
        [
            WRAPPED[: WRAPPED.index(" The place")],
            "The place is not known.",
            "Aides of both sides were told to ask Mr.\nSmith.[1]\n[2]",
            "He was away.",
        ],
    ),
    ("bullets", "- One thing. And more\n* Two\n• Three", ["One thing.", "And more", "Two", "Three"]),
    ("numbered", "1. One thing.\n2. Two\n(3) Three\n(iv) Four", ["One thing.", "Two", "Three", "Four"]),
    ("block quote", "> He left.\n> She stayed.\n>\n> All slept.", ["He left.", "She stayed.", "All slept."]),
    ("rules", "He left.\n***\nShe stayed.\n- - -\nAll slept.\n_____", ["He left.", "She stayed.", "All slept."]),
    ("rule in a line", "He left. *** She stayed. -----", ["He left.", "She stayed."]),
    ("only blanks", " \n\t\n ", []),
    ("nothing", "", []),
    ("no word at all", "...", ["..."]),
    ("a lone surrogate", "He\ud800 left. She stayed.", ["He\ud800 left.", "She stayed."]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
def test_lines(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


HEADINGS = [
    ("Markdown", "# Talks end\nHe left.\n## What next ##\nShe stayed.", ["Talks end", "What next"]),
    ("above the text", "Talks end in Lisbon\n\nHe left. She stayed.", ["Talks end in Lisbon"]),
    ("between paragraphs", "He left.\n\nWhat comes next\n\nShe stayed.", ["What comes next"]),
    ("one paragraph a line", "He left.\nWhat comes next\nShe stayed.", ["What comes next"]),
    ("underlined", "Talks end\n=====\nHe left.", ["Talks end"]),
    ("Japanese", "概要\n\n彼は行った。", ["概要"]),
    ("a sentence", "He left.\n\nShe stayed.", []),
    ("a marker makes it a claim", "He left early [1]\n\nShe stayed.", []),
    ("last line", "He left.\n\nRead more", []),
    ("alone", "Talks end in Lisbon", []),
    ("small letter", "and then\n\nShe stayed.", []),
    ("list item", "- Lisbon\n- Porto\n\nShe stayed.", []),
    ("with a quotation", "He said: “Go” to them\n\nShe stayed.", []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in HEADINGS], ids=[case[0] for case in HEADINGS])
def test_headings(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end, heading in split(text) if heading] == expected


def test_offsets_count_code_points() -> None:
    text = "🎉🎉 Lisbon won. 👩‍👩‍👧 Porto lost.[1]"
    assert split(text) == (Piece(0, 14, False), Piece(15, len(text), False))
    assert text[15:] == "👩‍👩‍👧 Porto lost.[1]"


WORDS = st.sampled_from(
    "He left . ! ? … , : ; [1] [2,3] [ ] ( ) \" “ ” ' ’ U.S. Mr. Sept. 2 1. a) - * # > *** “Go!” said 。 」 😀 \u2028 x@y.z".split(
        " "
    )
)
NEWSLIKE = st.lists(st.tuples(WORDS, st.sampled_from(["", " ", "\n", "\n\n", "  "])), max_size=40).map(
    lambda parts: "".join(word + blank for word, blank in parts)
)
#: What pieces leave out: quote marks, labels, heading marks, rules; white space.
LEFT_OUT = re.compile(r"[\s>#*•·=_~‣▪●◦⁃+-]*(?:\(?(?:[0-9]{1,3}|[a-z]|[ivx]{2,4})[.)]\)?)?[\s>#*•·=_~‣▪●◦⁃+-]*")


@given(st.one_of(st.text(max_size=300), NEWSLIKE))
def test_pieces_cover_the_text_in_order(text: str) -> None:
    position = 0
    for start, end, _ in split(text):
        assert position <= start < end <= len(text)
        assert LEFT_OUT.fullmatch(text, position, start)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        position = end
    assert LEFT_OUT.fullmatch(text, position)


@given(st.text(alphabet="AB .!?…,“”\"'’[]🎉。」é\n", max_size=200))
def test_nothing_is_left_out_of_text_without_marks_at_line_starts(text: str) -> None:
    assert "".join("".join(piece.split()) for piece in texts(text)) == "".join(text.split())


@given(NEWSLIKE)
def test_markers_are_never_split_off(text: str) -> None:
    pieces = split(text)
    for start, end, _ in markers.find(text):
        assert any(piece.start <= start and end <= piece.end for piece in pieces)


HOSTILE = {
    "blanks": " ",
    "unclosed quotation marks": "“a ",
    "unclosed straight quotation marks": '"a ',
    "unclosed brackets": "[",
    "full stops": ".",
    "spaced full stops": ". ",
    "no full stop": "word and ",
    "no blank": "a!b?",
    "closing marks": ".” ",
    "markers": "[1]",
    "stops and blanks": "." + " " * 50,
    "lines": "a\n",
    "abbreviations": "Mr. ",
    "Japanese": "彼。",
    "letters": "x",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        best = float("inf")
        for _ in range(3):
            split.cache_clear()
            begun = time.process_time()
            split(text)
            best = min(best, time.process_time() - begun)
        return best

    # Eight times the text: eight times the time, or sixty-four if a step were quadratic.
    assert seconds(40_000) < max(30 * seconds(5_000), 0.2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor of\r\nLeeds said he\r\nwould resign. It rained\r\nin May.", 2),
        ("The vote is in\nMay. Tallinn airport was closed\non Monday. Nobody was hurt.", 3),
        ("First line here.\nSecond line here.\nthird, in small letters", 3),
        ("Rain\nSnow\nWind", 3),
        ("- rain in the north\n- snow in the south", 2),
    ],
    ids=[
        "narrow columns, CRLF",
        "wrapped before a name",
        "stopped lines",
        "list without marks",
        "list in small letters",
    ],
)
def test_lines_that_go_on(text: str, expected: int) -> None:
    assert len(split(text)) == expected
