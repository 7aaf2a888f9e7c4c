"""The lexicon: forms and their words, how words relate, and that its tables are the ones described."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.grammar import lexicon_tables as tables
from briefing.grammar.inflection import american, stems
from briefing.grammar.lexicon import Relation, converse, gerund, is_past, kind, lemma, participle, parts, related

DATA = files("briefing") / "data"
SHA256 = {
    "lexicon.tsv": "45edd73c77298b75741ff4d1e3d2e8a822c470b28ff05e664a1cb04a9fab3f38",
    "lexicon_senses.tsv": "573cd53cbd11785144a03eac4f0287041a3e6b7053e960ab3d45aca245ca82df",
    "lexicon_forms.tsv": "30c2aa5855ba1a3456ce10b03b6a1380356d68dcceb38ed734f88294afec3e5f",
}

LEMMAS = """
    rose v rise         risen v rise        opened v open       stopped v stop      planned v plan
    planed v plane      hoping v hope       hopping v hop       dying v die         lying v lie
    vetoes v veto       vetoed v veto       panicked v panic    agreed v agree      freed v free
    carries v carry     carried v carry     was v be            went v go           found v find
    founded v found     left v leave        led v lead          fled v flee         sought v seek
    bought v buy        sold v sell         overthrew v overthrow  withdrawn v withdraw  cut v cut
    starring v star     staring v stare  filing v file       filling v fill      travelled v travel
    traveled v travel   organised v organize  harboured v harbor  analysed v analyze  criticises v criticize
    misled v mislead    broadcast v broadcast  taxes v tax      fixes v fix         passes v pass
    children n child    women n woman       men n man           crises n crisis     wolves n wolf
    companies n company heroes n hero       taxes n tax         buses n bus         countries n country
    policemen n policeman  leaves n leaf    lives n life        mice n mouse        analyses n analysis
    colours n color     centres n center    neighbours n neighbor  programmes n program  company's n company
    bigger a big        biggest a big       heavier a heavy     better a good       worst a bad
    zxqv n zxqv         Covid v covid
""".split()

PAST = "rose opened went sang cut led found bought was were fed quit said fell withdrew".split()
NOT_PAST = "risen sung gone rise opens red need feed exceed breed table been taken".split()
PARTICIPLES = "risen opened gone sung cut led found bought been taken come become overcome fallen withdrawn".split()
NOT_PARTICIPLES = "rose went sang was came became fell withdrew red succeed proceed quickly".split()

# Which word the second is to the first, over many topics.
RELATIONS = """
    rose risen same                 attacks attacked same           organise organized same     better good same
    children child same             talks talk same                 said say same               harbour harbors same
    buy purchased synonym           firm company synonym            begin started synonym       doctor physician synonym
    film movie synonym              jailed imprisoned synonym       hike increase synonym       blast explosion synonym
    probe investigation synonym     quickly rapidly synonym         troops soldiers synonym     injured wounded synonym
    announced unveiled synonym      match game synonym              huge enormous synonym       lawyer attorney synonym
    rose fell antonym               accept reject antonym           accelerate suspend antonym  support opposed antonym
    won lost antonym                open closed antonym             allowed banned antonym      arrested released antonym
    hired fired antonym             imports exports antonym         bought sold antonym         lend borrow antonym
    employer employee antonym       guilty innocent antonym         hot cold antonym            higher lower antonym
    increase cut antonym            approve rejection antonym       vaccinated unvaccinated antonym  legal illegal antonym
    huge small antonym              growth decline antonym          praised condemned antonym   before after antonym
    lifted imposed antonym          northern southern antonym       strengthen weakened antonym  arrive left antonym
    convicted acquitted antonym     surplus deficit antonym         man woman antonym           urban rural antonym
    negotiate negotiation derived   resigned resignation derived    explode explosion derived   approval approved derived
    elect election derived          growth grew derived             economy economic derived    refusal refused derived
    dog animal broader              minister politician broader     car vehicle broader         murder killing broader
    violinist musician broader      rifle gun broader               hospital building broader   oak tree broader
    animal dog narrower             tree oak narrower               vehicle truck narrower      killed murdered narrower
    dog cat sister                  killed injured sister           president minister sister   guitar piano sister
    million billion sister          monday friday sister            red blue sister             train bus sister
    nurse doctor sister             hurricane tornado sister        goal penalty sister         gold silver sister
    minister table none             run tally none                  hospital treaty none        vote river none
    bank violin none                drought verdict none            striker inflation none      bread parliament none
    opened kidney none              museum dividend none            volcano lawsuit none        quickly green none
    zxqv treaty none                goalkeeper budget none          vaccine stadium none        sang elected none
""".split()

LEMMA_ROWS = list(zip(LEMMAS[::3], LEMMAS[1::3], LEMMAS[2::3], strict=True))
RELATED_ROWS = list(zip(RELATIONS[::3], RELATIONS[1::3], RELATIONS[2::3], strict=True))
MIRRORED = {Relation.BROADER: Relation.NARROWER, Relation.NARROWER: Relation.BROADER}
WORDS = sorted({form for row in RELATED_ROWS for form in row[:2]})


@pytest.mark.parametrize("name", SHA256)
def test_the_tables_are_those_that_were_distilled(name: str) -> None:
    assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == SHA256[name]


def test_the_tables_are_small_text() -> None:
    names = [*SHA256, "opposites.txt", "lexicon_synonyms.txt"]
    assert sum(len((DATA / name).read_text("utf-8").encode()) for name in names) < 1_500_000


@pytest.mark.parametrize(("form", "part", "word"), LEMMA_ROWS, ids=lambda field: str(field))
def test_lemma(form: str, part: str, word: str) -> None:
    assert lemma(form, part) == word


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("rose", "v"), ("opened", "v"), ("killing", "v"), ("minister", "n"), ("treaties", "n"), ("quickly", "r"),
        ("guilty", "a"), ("found", "v"), ("left", "v"), ("government", "n"), ("said", "v"), ("Ceasefire", "n"),
    ],
)  # fmt: skip
def test_the_commonest_part_of_speech(form: str, part: str) -> None:
    assert next(iter(parts(form))) == part


def test_parts_of_speech_share_the_uses() -> None:
    assert set(parts("rose")) >= {"n", "v"}
    assert 0.8 < parts("rose")["v"] < 1
    assert not parts("zxqv")
    assert not parts("")


@pytest.mark.parametrize("form", PAST)
def test_past(form: str) -> None:
    assert is_past(form)


@pytest.mark.parametrize("form", NOT_PAST)
def test_not_past(form: str) -> None:
    assert not is_past(form)


@pytest.mark.parametrize("form", PARTICIPLES)
def test_participle(form: str) -> None:
    assert participle(form)


@pytest.mark.parametrize("form", NOT_PARTICIPLES)
def test_no_participle(form: str) -> None:
    assert not participle(form)


def test_gerund() -> None:
    assert all(map(gerund, "killing dying running negotiating panicking organising".split()))
    assert not any(map(gerund, "bring sing thing king spring minister".split()))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("minister", "person"), ("nurses", "person"), ("company", "group"), ("parliament", "group"), ("city", "location"),
        ("month", "time"), ("said", "communication"), ("bought", "possession"), ("walked", "motion"), ("rifle", "artifact"),
        ("dollars", "quantity"), ("lion", "animal"),
    ],
)  # fmt: skip
def test_kind(form: str, expected: str) -> None:
    assert expected in kind(form)


@pytest.mark.parametrize(("one", "other", "relation"), RELATED_ROWS, ids=lambda field: str(field))
def test_related(one: str, other: str, relation: str) -> None:
    assert related(one, other).value == relation


@pytest.mark.parametrize(("one", "other", "relation"), RELATED_ROWS, ids=lambda field: str(field))
def test_related_the_other_way_round(one: str, other: str, relation: str) -> None:
    found = Relation(relation)
    assert related(other, one) is MIRRORED.get(found, found)


def test_related_as_one_part_of_speech() -> None:
    assert related("rose", "fell", "v") is Relation.ANTONYM
    assert related("rose", "fell", "r") is Relation.NONE
    assert related("attack", "assault", "n") is Relation.SYNONYM


def test_converse() -> None:
    assert converse("bought", "sells")
    assert converse("employees", "employer")
    assert not converse("rose", "fell")
    assert not converse("bought", "purchased")


@pytest.mark.parametrize("name", ["opposites.txt", "lexicon_synonyms.txt"])
def test_hand_made_lists_are_well_formed(name: str) -> None:
    lines = [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert len(lines) == len(set(lines))
    for line in lines:
        part, *fields = line.split()
        assert part in "nvar"
        signs = [field for field in fields if not field[0].isalpha()]
        assert len(set(signs)) <= 1
        assert all(side.split() for side in " ".join(fields).split(signs[0] if signs else "="))
        assert len(fields) >= 2


def test_opposites_are_no_synonyms() -> None:
    opposite = [(a, b) for a, others in tables.listed().items() for b, sign in others.items() if sign in ("|", "<>")]
    assert len(opposite) > 160
    assert not [a for a, b in opposite if a == b]


def test_what_is_derived_is_so_both_ways() -> None:
    assert ("negotiate", "v") in tables.derived(("negotiation", "n"))
    assert ("negotiation", "n") in tables.derived(("negotiate", "v"))


@pytest.mark.parametrize(
    ("british", "word"),
    [
        ("organising", "organizing"), ("labour", "labor"), ("theatre", "theater"), ("defence", "defense"),
        ("dialogues", "dialogs"), ("greyer", "grayer"), ("tyres", "tires"), ("hour", "hour"), ("four", "four"),
        ("our", "our"), ("rise", "rise"), ("fence", "fence"), ("acre", "acre"),
    ],
)  # fmt: skip
def test_british_spelling(british: str, word: str) -> None:
    assert american(british) == word


def test_stems_of_one_syllable_double_their_consonant() -> None:
    assert ("plan", "v") not in set(stems("planed"))
    assert ("plan", "v") in set(stems("planned"))


def test_numpy_is_not_needed() -> None:
    code = "from briefing.grammar.lexicon import related; related('rose', 'fell'); import sys; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["n", "v", "a", "r", None, "?"]))
def test_any_text_is_taken(one: str, other: str, part: str | None) -> None:
    assert abs(sum(parts(one).values()) - 1) < 1e-9 or not parts(one)
    assert related(one, one, part) is Relation.SAME
    assert related(one, other, part) in Relation
    assert isinstance(kind(one), frozenset)
    assert lemma(one, "n") == lemma(one, "n").lower() or not one.isascii()
    assert isinstance(is_past(one) or participle(one) or gerund(one), bool)


@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_relations_hold_both_ways(one: str, other: str) -> None:
    found = related(one, other)
    assert related(other, one) is MIRRORED.get(found, found)
