"""The ranker of the extractive engine: what scores above what, and what is never taken twice."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.engines.extractive import rank

# Articles of our own, on many subjects; each begins with its news.
HARBOUR = [
    "The port of Selwick will close its eastern quay for eleven weeks so that divers can mend the wall.",
    "A survey in March found that the wall of the quay had moved by nine centimetres.",
    "Ferries to the islands will leave from the western quay until the wall is mended.",
    "The port handled 1.3 million tonnes of freight last year.",
    "Harbour master Ines Kolb walked along the promenade with her dog.",
    "Divers will begin on the wall of the eastern quay on May 4, the port said.",
]
ORCHARD = [
    "Late frost has destroyed about a third of the plum harvest in the Veld valley, growers say.",
    "Temperatures fell to minus six on three nights while the plum trees were in bloom.",
    "The growers' association puts the loss of the plum harvest at 14 million euros.",
    "Some growers lit candles between the trees.",
    "The ministry will decide in June whether the growers of the valley receive aid for the frost.",
]
CHESS = [
    "Fourteen-year-old Lena Obi has won the national chess championship with a round to spare.",
    "Obi needed only a draw on Saturday but beat the defending champion in 31 moves.",
    "She is the youngest chess champion since 1962.",
    "The championship was held in a former customs house.",
]
ARTICLES = {"harbour": HARBOUR, "orchard": ORCHARD, "chess": CHESS}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param("The dam will be raised by two metres.", "Scroll down for video.", id="page furniture"),
        pytest.param("The dam will be raised by two metres.", "Click here for all news on the dam.", id="click here"),
        pytest.param(
            "The dam will be raised by two metres.", "Contact the dam office at dam@example.org.", id="contact"
        ),
        pytest.param("Work on the dam starts soon.", "Jo Hale contributed to this report on the dam.", id="credit"),
        pytest.param("The dam will be raised soon.", "Will the dam be raised soon?", id="question"),
        pytest.param("The dam will be raised soon.", "I think the dam will be raised soon.", id="first person"),
        pytest.param("The dam will be raised soon.", "we hope the dam will be raised soon .", id="we, lower case"),
        pytest.param("The dam will be raised soon.", "“The dam will be raised soon.”", id="quotation"),
        pytest.param("The dam will be raised soon.", "Rising higher: The dam will be raised soon.", id="caption label"),
        pytest.param("The dam will be raised by 2 metres.", "The dam will be raised by some metres.", id="figure"),
        pytest.param("The dam will be raised soon.", "But the dam will be raised soon.", id="leans on the one before"),
        pytest.param("The dam will hold more water.", "The clerk wore brown shoes.", id="on the subject"),
        pytest.param("The dam will be raised soon.", "The dam.", id="long enough to tell"),
    ],
)
def test_one_sentence_scores_above_another_in_the_same_place(better: str, worse: str) -> None:
    before = [
        "The dam above Orlen will be raised to hold more water.",
        "Engineers measured the dam and its water in spring.",
        "The water of the dam feeds two towns.",
    ]
    assert rank.scores([*before, better])[-1] > rank.scores([*before, worse])[-1]


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)
def test_the_news_is_chosen_and_the_aside_is_not(article: list[str]) -> None:
    chosen = rank.choose(article, rank.scores(article), 3)
    aside = {"harbour": 4, "orchard": 3, "chess": 3}[next(k for k, v in ARTICLES.items() if v is article)]
    assert 0 in chosen
    assert aside not in chosen


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)
def test_case_does_not_matter(article: list[str]) -> None:
    assert rank.scores([s.lower() for s in article]) == pytest.approx(rank.scores(article))
    assert rank.scores([s.upper() for s in article]) == pytest.approx(rank.scores(article))


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Thousands of villagers sign up for the dam project.", id="sign up for"),
        pytest.param("The builders of the dam lost their copyright case.", id="copyright"),
        pytest.param("Children by the dam read more than others.", id="read more"),
        pytest.param("The towns share this water with farmers.", id="share this"),
        pytest.param("Workers must click a link to apply.", id="click a link"),
    ],
)
def test_news_that_sounds_like_page_furniture_is_news(sentence: str) -> None:
    assert rank.features([sentence])["furniture"] == [False]


def test_the_country_in_lower_case_is_not_the_first_person() -> None:
    assert rank.features(["the us and japan signed ."])["personal"] == [0.0]


def test_the_title_lifts_the_sentences_about_it() -> None:
    plain, titled = rank.scores(HARBOUR), rank.scores(HARBOUR, title="Port handled record freight")
    assert titled[3] / plain[3] > titled[2] / plain[2]


def test_an_endless_sentence_keeps_a_score_above_zero() -> None:
    assert rank.scores([" ".join(f"word{n}" for n in range(20_000))])[0] > 0


def test_every_weight_has_its_feature() -> None:
    assert list(rank.features(HARBOUR)) == list(rank.WEIGHTS)


REPEATS = [
    pytest.param("The museum reopened on Friday.", "The museum reopened on Friday.", id="word for word"),
    pytest.param("The museum reopened on Friday.", "the museum reopened on friday .", id="tokenised, lower case"),
    pytest.param("The museum reopened on Friday.", "The museum (pictured) reopened on Friday.", id="caption"),
    pytest.param("The museum reopened on Friday after a fire.", "The museum reopened.", id="contained"),
    pytest.param("Two museums reopened on Friday.", "On Friday, two museums re-opened, reopening.", id="other order"),
    pytest.param("Who was it?", "who was it?", id="only function words"),
]


@pytest.mark.parametrize(("one", "again"), REPEATS)
def test_what_repeats_is_taken_once(one: str, again: str) -> None:
    assert rank.choose([one, again], [2.0, 1.0], 2) == [0]
    assert rank.choose([one, again], [2.0, 1.0], 2, taken=[0]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("The museum reopened on Friday.", "The library opens at nine.", id="another subject"),
        pytest.param("The museum reopened on Friday.", "The museum cost 4 million euros to repair.", id="same subject"),
        pytest.param("Who was it?", "What is that?", id="different function words"),
    ],
)
def test_what_does_not_repeat_is_taken(one: str, other: str) -> None:
    assert rank.choose([one, other], [2.0, 1.0], 2) == [0, 1]


def test_overlap_costs_a_place() -> None:
    sentences = ["The museum reopened on Friday.", "The museum has a new roof and café.", "Entry costs nine euros."]
    assert rank.choose(sentences, [3.0, 2.0, 1.9], 3) == [0, 2, 1]


def test_ranked_looks_no_further_than_asked() -> None:
    assert [*zip(range(2), rank.ranked(HARBOUR, [1.0, 6.0, 5.0, 4.0, 3.0, 2.0]), strict=False)] == [(0, 1), (1, 2)]


TEXTS = st.lists(st.text(max_size=60) | st.sampled_from([*HARBOUR, *ORCHARD, *CHESS, "", " ", "?", "“"]), max_size=25)


@given(TEXTS, st.none() | st.text(max_size=30))
def test_scores_are_positive_numbers_one_a_sentence(sentences: list[str], title: str | None) -> None:
    scores = rank.scores(sentences, title=title)
    assert len(scores) == len(sentences)
    assert all(math.isfinite(score) and score > 0 for score in scores)


@given(TEXTS, st.integers(-2, 30), st.data())
def test_choose_returns_distinct_indexes_of_sentences_that_are_left(
    sentences: list[str], count: int, data: st.DataObject
) -> None:
    taken = data.draw(st.lists(st.sampled_from(range(len(sentences))))) if sentences else []
    chosen = rank.choose(sentences, rank.scores(sentences), count, taken=taken)
    assert len(chosen) == len(set(chosen)) <= max(0, count)
    assert all(0 <= index < len(sentences) and index not in taken for index in chosen)
    texts = [sentences[index] for index in [*chosen, *taken]]
    assert len({*texts}) == len(chosen) + len({sentences[index] for index in taken})


@given(TEXTS, st.data())
def test_choose_takes_any_scores(sentences: list[str], data: st.DataObject) -> None:
    size = len(sentences)
    scores = data.draw(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=size, max_size=size))
    chosen = rank.choose(sentences, scores, size)
    assert len(chosen) == len({sentences[index] for index in chosen})
