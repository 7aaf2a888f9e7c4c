"""Quotations: words within marks are the words of the source, spoken, and by the speaker that the claim names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import Document
from briefing.checks import Subject, quotations
from briefing.speech import speeches
from briefing.verdict import Severity

from .rows import Caught, Clean, errors, run

PORT = (
    "The port closed on Tuesday. “The crane fell without any warning, and two men ran for their lives,” said Rosa Lind, the "
    "harbour master. Ivo Maric, who leads the union, said that the owners had ignored the danger. “We wrote to them in "
    "March,” Maric told reporters. “Nobody answered.” He called the inspection “a bad joke from start to end”."
)
COURT = (
    "Judge Amara Boateng sentenced the banker to nine years. “You did not act out of need, you acted out of greed,” the "
    "judge told him. His lawyer, Piet Vos, said the verdict would be appealed. “My client is not a thief,” Vos said. The "
    "bank lost more than forty million euros in the affair."
)
MATCH = (
    "Kofi Mensah scored twice in the final. “I dreamed of this as a boy in Tamale,” Mensah said. Coach Lena Brandt praised "
    "the goalkeeper: “Without Sara we lose this game.” The “miracle of Tamale” was the club's first title."
)
SCIENCE = (
    "The vaccine protected nine in ten children. “The results are strong, but we will not stop the trial unless the board "
    "tells us to,” said Dr Mei Arai of the institute. According to the health ministry, the shots could be given in spring."
)
VOTE = (
    "Premier Jonas Eld lost his majority on Sunday. “The voters have spoken and I accept their verdict,” he told supporters "
    "in Bergen. “I will stay on as party leader,” Eld said later. Opposition leader Tuva Nes promised lower taxes."
)

CAUGHT = [
    Caught("other word", PORT, "“The crane fell with no warning,” said Rosa Lind.", "altered_quote"),
    Caught(
        "number changed",
        PORT,
        "“The crane fell without any warning, and three men ran,” said Lind.",
        "altered_quote",
        "three",
    ),
    Caught(
        "not added",
        PORT,
        "“Nobody answered” is what Maric said; “we never wrote to them in March,” he said.",
        "altered_quote",
    ),
    Caught("left out", PORT, "“The crane fell, and two men ran for their lives,” said Lind.", "truncated_quote"),
    Caught(
        "other speaker", PORT, "“The crane fell without any warning,” said Ivo Maric.", "wrong_speaker", "Ivo Maric"
    ),
    Caught("other speaker first", PORT, "Rosa Lind said: “We wrote to them in March.”", "wrong_speaker", "Rosa Lind"),
    Caught("indirect made direct", PORT, "“The owners had ignored the danger,” said Maric.", "indirect_as_direct"),
    Caught("indirect, present tense", PORT, "“The owners have ignored the danger,” said Maric.", "indirect_as_direct"),
    Caught(
        "two speakers joined",
        PORT,
        "“Two men ran for their lives and nobody answered them,” said Lind.",
        "altered_quote",
    ),
    Caught(
        "stitched",
        PORT,
        "“The crane fell without any warning. We wrote to them in March,” said Lind.",
        "stitched_quote",
    ),
    Caught("invented", PORT, "“This harbour has been a death trap for years,” said Lind.", "invented_quote"),
    Caught("fragment changed", PORT, "Maric called the inspection “a cruel joke”.", "altered_quote", "cruel"),
    Caught("narration", PORT, "“The port closed on Tuesday,” said Rosa Lind.", "narration_in_marks"),
    Caught("negation cut", COURT, "Vos said his client was “a thief”.", "truncated_quote"),
    Caught("not left out", COURT, "“My client is a thief,” Vos said.", "truncated_quote"),
    Caught("lawyer for judge", COURT, "“You did not act out of need,” Piet Vos told him.", "wrong_speaker"),
    Caught("ellipsis over not", COURT, "“You did … act out of need,” the judge told him.", "truncated_quote"),
    Caught(
        "narration as a speech",
        COURT,
        "“The bank lost more than forty million euros in the affair,” said Vos.",
        "narration_in_marks",
    ),
    Caught("pull quote of narration", COURT, "“The bank lost more than forty million euros”", "narration_in_marks"),
    Caught("said that", COURT, "“The verdict will be appealed,” said Vos.", "indirect_as_direct"),
    Caught("other end", COURT, "“You acted out of spite,” the judge said.", "altered_quote", "spite"),
    Caught("place changed", MATCH, "“I dreamed of this as a boy in Accra,” Mensah said.", "altered_quote", "Accra"),
    Caught("coach for scorer", MATCH, "“I dreamed of this as a boy in Tamale,” said Lena Brandt.", "wrong_speaker"),
    Caught("without lost", MATCH, "Brandt said: “Sara, we lose this game.”", "truncated_quote"),
    Caught("name in the words", MATCH, "Brandt said: “Without Lena we lose this game.”", "altered_quote", "Lena"),
    Caught("condition cut", SCIENCE, "“We will not stop the trial,” said Arai.", "truncated_quote"),
    Caught("weaker word", SCIENCE, "“The results are promising,” said Dr Mei Arai.", "altered_quote", "promising"),
    Caught(
        "according to", SCIENCE, "“The shots could be given in spring,” the health ministry said.", "indirect_as_direct"
    ),
    Caught(
        "title of the finding",
        SCIENCE,
        "“The vaccine protected nine in ten children,” Arai said.",
        "narration_in_marks",
    ),
    Caught(
        "word exchanged",
        VOTE,
        "“The voters have spoken and I respect their verdict,” Eld said.",
        "altered_quote",
        "respect",
    ),
    Caught("rival speaks", VOTE, "“I will stay on as party leader,” said Tuva Nes.", "wrong_speaker"),
    Caught("promise made a quote", VOTE, "“I promise lower taxes for all of you,” said Nes.", "invented_quote"),
    Caught("quote's speaker", VOTE, "I will stay on as party leader", "wrong_speaker", "Tuva Nes", "Tuva Nes"),
    Caught("quote's pronoun", VOTE, "I will stay on as party leader", "wrong_speaker", "he", "he"),
    Caught("quote's markup", VOTE, "I will stay on as party leader", "wrong_speaker", "<b>Eld</b>", "<b>Eld</b>"),
    Caught(
        "quote's clause", VOTE, "I will stay on as party leader", "wrong_speaker", None, "Eld, who lost his majority"
    ),
    Caught("quote's words", VOTE, "I will stay on as prime minister", "not_spoken", None, "Jonas Eld"),
    Caught(
        "German",
        "„Wir haben keine Angst vor der Wahl“, sagte Jana Kühn am Montag in Kiel.",
        "„Wir haben große Angst vor der Wahl“, sagte Jana Kühn.",
        "altered_quote",
        "große",
    ),
    Caught(
        "French",
        "« Nous ne signerons pas cet accord », a dit la ministre à Lyon mardi soir.",
        "« Nous signerons cet accord », a dit la ministre.",
        "truncated_quote",
    ),
    Caught(
        "Spanish",
        "“No vamos a cerrar la fábrica este año”, dijo el director a los obreros.",
        "“No vamos a cerrar la escuela este año”, dijo el director.",
        "altered_quote",
        "escuela",
    ),
]

CLEAN = [
    Clean(
        "as it stands", PORT, "“The crane fell without any warning, and two men ran for their lives,” said Rosa Lind."
    ),
    Clean("its beginning", PORT, "“The crane fell without any warning,” said Lind, the harbour master."),
    Clean("its end", PORT, "Two men “ran for their lives”, said Rosa Lind."),
    Clean("straight marks", PORT, '"The crane fell without any warning," Rosa Lind said.'),
    Clean("German marks", PORT, "„The crane fell without any warning“, Lind said."),
    Clean("ellipsis", PORT, "“The crane fell … and two men ran for their lives,” said Lind."),
    Clean("brackets", PORT, "“We wrote to [the owners] in March,” Maric said."),
    Clean("told in parts", PORT, "“We wrote to them in March. Nobody answered,” Maric said."),
    Clean("the role speaks", PORT, "“The crane fell without any warning,” the harbour master said."),
    Clean("made indirect", PORT, "Lind said the crane fell without any warning."),
    Clean("fragment", PORT, "Maric called the inspection “a bad joke”."),
    Clean("indirect stays", PORT, "Ivo Maric said the owners had ignored the danger."),
    Clean("pronoun", PORT, "Maric is angry. “We wrote to them in March,” he said."),
    Clean("title and name", COURT, "“You acted out of greed,” Judge Amara Boateng told him."),
    Clean("the judge", COURT, "“You did not act out of need,” said the judge."),
    Clean("not kept outside", COURT, "Vos denied that his client was “a thief”."),
    Clean("not kept inside", COURT, "His client is “not a thief”, said Vos."),
    Clean("lawyer", COURT, "“My client is not a thief,” the lawyer said."),
    Clean("no marks", COURT, "The bank lost more than forty million euros."),
    Clean("full name", MATCH, "“I dreamed of this as a boy in Tamale,” said Kofi Mensah."),
    Clean("term in marks", MATCH, "The “miracle of Tamale” brought the club its first title."),
    Clean("surname of the coach", MATCH, "“Without Sara we lose this game,” said Brandt."),
    Clean("the coach", MATCH, "The coach said: “Without Sara we lose this game.”"),
    Clean("title of a work", MATCH, "Mensah, whose life is told in “The Boy From Tamale”, scored twice."),
    Clean("condition kept", SCIENCE, "“We will not stop the trial unless the board tells us to,” said Arai."),
    Clean("half of it", SCIENCE, "“The results are strong,” said Mei Arai."),
    Clean("capital in a clause", SCIENCE, "Arai said that “the results are strong”."),
    Clean("ministry, indirect", SCIENCE, "The shots could be given in spring, the health ministry said."),
    Clean(
        "nested marks",
        "“He called me ‘a fool’ in front of everyone,” Ray Tan said.",
        "“He called me 'a fool' in front of everyone,” said Tan.",
    ),
    Clean("premier", VOTE, "“I will stay on as party leader,” the premier, Jonas Eld, said."),
    Clean("quote with a title", VOTE, "I will stay on as party leader", "Premier Jonas Eld"),
    Clean("quote with surname", VOTE, "I will stay on as party leader", "Eld"),
    Clean(
        "translation",
        "„Wir haben keine Angst vor der Wahl“, sagte Jana Kühn am Montag in Kiel.",
        "“We are not afraid of the election,” said Jana Kühn.",
    ),
    Clean(
        "German kept",
        "„Wir haben keine Angst vor der Wahl“, sagte Jana Kühn.",
        "Jana Kühn sagte: „Wir haben keine Angst.“",
    ),
    Clean(
        "French kept",
        "« Nous ne signerons pas cet accord », a dit la ministre.",
        "La ministre a dit : “Nous ne signerons pas cet accord.”",
    ),
]


@pytest.mark.parametrize("row", CAUGHT, ids=[row.name for row in CAUGHT])
def test_wrong_quotations_are_caught(row: Caught) -> None:
    found = errors(run(quotations.check, row))
    assert row.kind in {finding.kind for finding in found}, found
    if row.found:
        assert row.found in {finding.found for finding in found}


@pytest.mark.parametrize("row", CLEAN, ids=[row.name for row in CLEAN])
def test_right_quotations_are_clean(row: Clean) -> None:
    assert run(quotations.check, row) == []


def test_both_places_are_named() -> None:
    (finding,) = run(quotations.check, Caught("", PORT, "Maric called the inspection “a cruel joke”.", ""))
    assert (finding.expected, finding.found) == ("bad", "cruel")
    assert finding.message == "The words are “bad”; the claim quotes “cruel”."
    (finding,) = run(quotations.check, Caught("", VOTE, "“I will stay on as party leader,” said Tuva Nes.", ""))
    assert (finding.expected, finding.found) == ("Eld", "Tuva Nes")
    assert finding.evidence_span and VOTE[slice(*finding.evidence_span)] == "Eld"


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (PORT, "The “owners” knew."),
        (
            "The leaders met.\n\n“Two towns have agreed to share one port”\n\nThey agreed on a port.",
            "“Two towns have agreed to share one port”",
        ),
        (PORT, "The crane was a “wreck”."),
    ],
)
def test_some_marks_are_only_worth_a_look(source: str, claim: str) -> None:
    found = run(quotations.check, Clean("", source, claim))
    assert [finding.severity for finding in found] == [Severity.WARNING]


def test_words_that_stand_outside_the_evidence() -> None:
    document = Document.read(VOTE)
    claim = "“I will stay on as party leader,” said Eld."
    found = list(quotations.check(Subject("lede", claim, ("s1",)), document.sentences[:1], document))
    assert [(finding.kind, finding.sentence) for finding in found] == [("not_in_evidence", "s3")]


def test_markers_inside_words_do_not_count() -> None:
    document = Document.read("“We met [1] twice and we will meet again [2],” said Ana Lopes. It rained [1].")
    claim = "“We met once and we will meet again,” said Ana Lopes."
    (finding,) = quotations.check(Subject("lede", claim, ("s1",)), document.sentences, document)
    assert (finding.kind, finding.expected, finding.found) == ("altered_quote", "twice", "once")


@given(
    st.text(alphabet="“”\"'«»„ abc.,!?[]…\n", max_size=120),
    st.text(alphabet="“”\"'«»„ abc.,!?[1]\n", min_size=1, max_size=120),
)
@settings(max_examples=150, deadline=None)
def test_nothing_raises(claim: str, source: str) -> None:
    if any(map(str.isalnum, source)):
        run(quotations.check, Clean("any", source, claim))
        run(quotations.check, Clean("any", source, claim, "Ana"))


@given(st.sampled_from([PORT, COURT, MATCH, SCIENCE, VOTE]), st.integers(0, 9))
def test_a_sentence_of_the_evidence_passes(text: str, number: int) -> None:
    document = Document.read(text)
    sentence = document.sentences[number % len(document.sentences)]
    assert errors(run(quotations.check, Clean("same", text, sentence.text))) == []


@pytest.mark.parametrize("text", [PORT, COURT, MATCH, SCIENCE, VOTE])
def test_every_speech_passes_as_a_quote_of_its_speaker(text: str) -> None:
    for spoken in speeches(text):
        assert run(quotations.check, Clean("own", text, spoken.words(text), spoken.speaker)) == []


@pytest.mark.parametrize(
    "claim", ["", "“”", "“ … ”", "“😀”", "“مرحبا بالعالم”", "“" + "word " * 10_000 + "”", "“a", "''"]
)
def test_odd_texts_pass_through(claim: str) -> None:
    document = Document.read(PORT)
    list(quotations.check(Subject("lede", claim, ("s1",)), document.sentences, document))
