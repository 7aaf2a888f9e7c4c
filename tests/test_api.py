"""What `summarize` and `ask` take besides sources: engines, points, a focus; and what they say of it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import pytest

import briefing
from briefing import ConfigError, Document, Draft, DraftAnswer, DraftClaim, DraftQuote, Extractive, InputError
from briefing.usage import Usage, record

ARTICLE = """The council approved the new bridge on Monday. The ferry stops running in May. It rained on the parade.
“The harbour tunnel is far too expensive for us,” Mayor Ana Holm said."""


@pytest.mark.parametrize(
    ("engine", "says"),
    [
        ("extractive", "engine is of type str"),
        ("", "engine is of type str"),
        (Extractive, "engine is the class Extractive: give an instance"),
        (5, "engine is of type int"),
        (0, "engine is of type int"),
        (False, "engine is of type bool"),
        (object(), "engine is of type object"),
    ],
)
def test_what_is_no_engine(engine: Any, says: str) -> None:
    for call in (
        lambda: briefing.summarize("They met.", engine=engine),
        lambda: briefing.ask("They met.", "Who met?", engine=engine),
        lambda: briefing.summarize("", engine=engine),  # before any work is done
    ):
        with pytest.raises(ConfigError) as caught:
            call()
        assert says in str(caught.value)
        assert "briefing.Extractive()" in str(caught.value)
        assert str(caught.value).endswith(".")


@pytest.mark.parametrize("engine", [None, Extractive()])
def test_engines(engine: Any) -> None:
    assert briefing.summarize("They met.", engine=engine).lede.text == "They met."


@pytest.mark.parametrize("points", [-1, 1.5, "3", None, True])
def test_points_are_a_whole_number(points: Any) -> None:
    with pytest.raises(InputError, match=r"points is .*: give a whole number, 0 or more\."):
        briefing.summarize(ARTICLE, points=points)


@pytest.mark.parametrize("focus", ["", "?!", 7, b"bridge", ["bridge"]])
def test_a_focus_is_words(focus: Any) -> None:
    with pytest.raises(InputError, match="the focus"):
        briefing.summarize(ARTICLE, focus=focus)


def test_surrogates_in_question_and_focus_are_replaced() -> None:
    answer = briefing.ask(ARTICLE, "Who\ud800 signed the trade treaty?")
    assert answer.question == "Who\ufffd signed the trade treaty?"
    assert answer.model_dump_json()
    result = briefing.summarize(ARTICLE, focus="Peru\udcff", engine=Extractive())
    assert result.notes == ("No sentence of the sources is about Peru\ufffd.",)
    assert result.model_dump_json()


@pytest.mark.parametrize("points", [0, 1, 5])
@pytest.mark.parametrize(
    ("focus", "told"),
    [
        ("bridge", False),  # the only sentence about it is the lede
        ("ferry", False),
        ("harbour tunnel", False),  # the only sentence about it is a quote
        ("monetary policy of Peru", True),
    ],
)
def test_that_nothing_is_about_the_focus_is_said_when_it_is_so(focus: str, told: bool, points: int) -> None:
    notes = briefing.summarize(ARTICLE, focus=focus, points=points, engine=Extractive()).notes
    assert (notes == (f"No sentence of the sources is about {focus}.",)) is told
    assert told or notes == ()


def test_that_nothing_is_about_the_focus_is_said_beside_versions_of_the_lede() -> None:
    sources = [f"Thieves took {n} paintings from the Halm museum on Sunday night. It rained." for n in (31, 13)]
    notes = briefing.summarize(sources, focus="monetary policy of Peru", engine=Extractive()).notes
    assert notes == ("No sentence of the sources is about monetary policy of Peru.",)


def test_a_hint_is_one_message() -> None:
    with pytest.raises(InputError) as caught:
        briefing.summarize(["https://example.org/a"] * 500)
    assert "source 1 of 500 is only a URL" in str(caught.value)
    assert len(str(caught.value)) < 200
    with pytest.raises(InputError, match="file name"):
        briefing.summarize(Document.read("a.txt"))


CLAIM = DraftClaim(text="The council approved the new bridge on Monday.", evidence=["s1"])
QUOTE = DraftQuote(text="The harbour tunnel is far too expensive for us", speaker="Ana Holm", evidence=["s4"])


class Own:
    """An engine that hands over what it was made with."""

    fingerprint = "own/1"

    def __init__(self, given: Any) -> None:
        self.given = given

    def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        return self.given  # type: ignore[no-any-return]

    async def answer(self, document: Document, question: str) -> DraftAnswer:
        return self.given  # type: ignore[no-any-return]


class Streaming(Own):
    """It streams what it was made with, each step a call that is paid for; an error among it is raised."""

    async def stream(
        self, document: Document, *, points: int, focus: str | None
    ) -> AsyncGenerator[tuple[str, DraftClaim | DraftQuote], None]:
        for given in self.given:
            record(Usage(calls=1, input_tokens=10, output_tokens=1))
            if isinstance(given, Exception):
                raise given
            yield given


class NoStream(Own):
    async def stream(self, document: Document, *, points: int, focus: str | None) -> Any:
        return self.given


class Nameless:
    brief = answer = Extractive.brief


class Numbered(Extractive):
    fingerprint = 7  # type: ignore[assignment]


class BriefAlone:
    fingerprint = "brief alone/1"
    brief = Extractive.brief


@pytest.mark.parametrize(
    ("engine", "lack"),
    [(Nameless(), "no fingerprint"), (Numbered(), "its fingerprint is no text"), (BriefAlone(), "no method answer")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_an_engine_lacks_is_named(engine: Any, lack: str) -> None:
    with pytest.raises(ConfigError, match=lack):
        briefing.summarize(ARTICLE, engine=engine)


@pytest.mark.parametrize("given", [None, "a text", {"headline": "x"}, [CLAIM]], ids=lambda given: type(given).__name__)
def test_an_engine_that_returns_no_draft(given: Any) -> None:
    kind = "None" if given is None else f"something of type {type(given).__name__}"
    for call, says in (
        (lambda: briefing.summarize(ARTICLE, engine=Own(given)), "brief returned {}: it must return a briefing.Draft."),
        (
            lambda: list(briefing.stream(ARTICLE, engine=Own(given))),
            "brief returned {}: it must return a briefing.Draft.",
        ),
        (
            lambda: briefing.ask(ARTICLE, "Who met?", engine=Own(given)),
            "answer returned {}: it must return a briefing.DraftAnswer.",
        ),
    ):
        with pytest.raises(ConfigError) as caught:
            call()
        assert str(caught.value) == f"the engine's {says.format(kind)}"


def test_an_engine_that_returns_drafts() -> None:
    draft = Draft(headline=CLAIM, lede=CLAIM, points=[], quotes=[QUOTE], analysis=[])
    assert briefing.summarize(ARTICLE, engine=Own(draft)).lede.text == CLAIM.text
    assert len(list(briefing.stream(ARTICLE, engine=Own(draft)))) == 3
    said = DraftAnswer(status=briefing.Status.ANSWERED, claims=[CLAIM], missing="")
    assert briefing.ask(ARTICLE, "What did the council approve?", engine=Own(said)).claims[0].text == CLAIM.text


@pytest.mark.parametrize(
    ("engine", "says"),
    [
        (NoStream([]), "stream returned something of type coroutine: it must be an async generator"),
        (Streaming([None]), "stream yielded None: it must yield pairs"),
        (Streaming([("lede", "text")]), "stream yielded something of type tuple: it must yield pairs"),
        (Streaming([("point 1", CLAIM)]), "the place 'point 1', which there is not: give headline, lede, points"),
        (Streaming([("points[x]", CLAIM)]), "the place 'points[x]'"),
        (Streaming([("points[-1]", CLAIM)]), "the place 'points[-1]'"),
        (Streaming([("", CLAIM)]), "the place ''"),
        (Streaming([("quotes[0]", CLAIM)]), "at quotes[0]: it must be a briefing.DraftQuote."),
        (Streaming([("lede", QUOTE)]), "at lede: it must be a briefing.DraftClaim."),
    ],
    ids=lambda value: value[-40:] if isinstance(value, str) else "",
)
def test_an_engine_that_does_not_stream_as_it_must(engine: Any, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        list(briefing.stream(ARTICLE, engine=engine))
    assert says in str(caught.value) and str(caught.value).endswith(".")


def test_an_engine_that_streams() -> None:
    given = [("headline", CLAIM), ("quotes[0]", QUOTE), ("points[19]", CLAIM), ("points[0]", CLAIM)]
    assert [c.where for c in briefing.stream(ARTICLE, engine=Streaming(given))] == [
        "headline",
        "quotes[0]",
        "points[0]",
    ]


def test_an_error_of_a_stream_tells_the_usage_of_all_its_steps() -> None:
    given = [("headline", CLAIM), ("lede", CLAIM), briefing.EngineError("it failed")]
    claims: list[briefing.Claim] = []
    with pytest.raises(briefing.EngineError) as caught:
        claims.extend(briefing.stream(ARTICLE, engine=Streaming(given)))
    assert len(claims) == 2
    assert caught.value.usage == Usage(calls=3, input_tokens=30, output_tokens=3) and caught.value.attempts == 3
    for error in (briefing.BudgetExceeded("enough"), briefing.EngineError("at once")):
        with pytest.raises(type(error)):
            list(briefing.stream(ARTICLE, engine=Streaming([error])))
        assert isinstance(error, briefing.BudgetExceeded | briefing.EngineError)
        assert error.usage == Usage(calls=1, input_tokens=10, output_tokens=1)
