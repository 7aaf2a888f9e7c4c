"""Tokens counted and estimated, against tiktoken's own tokenizers.

Their files come from the package bpe-openai, which is not imported: it would load a tokenizer of its own.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import random
import string
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

import pytest
import tiktoken.model
from hypothesis import given
from hypothesis import strategies as st

from briefing.tokens import count, estimate

URL = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"

PROSE = {
    "English": "Leaders of the two countries agreed on Tuesday to begin negotiations on a defense pact, officials said. "
    "“We will not rush,” the minister told reporters in Oslo; the first round of talks is planned for March 2026.",
    "German": "Die Regierungschefs beider Länder einigten sich am Dienstag darauf, Verhandlungen über ein "
    "Verteidigungsabkommen aufzunehmen. Die erste Gesprächsrunde ist für März geplant, sagte eine Sprecherin.",
    "French": "Les dirigeants des deux pays sont convenus mardi d’ouvrir des négociations sur un pacte de défense, "
    "ont indiqué des responsables. L’équipe se réunira à Genève dès l’année prochaine.",
    "Finnish": "Maiden johtajat sopivat tiistaina aloittavansa neuvottelut puolustussopimuksesta, kertoivat "
    "viranomaiset. Ensimmäinen neuvottelukierros on tarkoitus järjestää maaliskuussa.",
    "Polish": "Przywódcy obu państw uzgodnili we wtorek rozpoczęcie negocjacji w sprawie paktu obronnego, "
    "poinformowali urzędnicy. Pierwsza runda rozmów zaplanowana jest na marzec.",
    "Turkish": "İki ülkenin liderleri salı günü savunma anlaşması için görüşmelere başlama konusunda anlaştı. "
    "Yetkililer ilk turun mart ayında yapılacağını söyledi.",
    "Vietnamese": "Lãnh đạo hai nước hôm thứ Ba đã đồng ý bắt đầu đàm phán về một hiệp ước quốc phòng, các quan chức cho biết.",
    "Russian": "Лидеры двух стран во вторник договорились начать переговоры об оборонном соглашении, сообщили "
    "чиновники. Первый раунд запланирован на март.",
    "Greek": "Οι ηγέτες των δύο χωρών συμφώνησαν την Τρίτη να αρχίσουν διαπραγματεύσεις για αμυντική συμφωνία.",
    "Arabic": "اتفق زعيما البلدين يوم الثلاثاء على بدء مفاوضات بشأن اتفاق دفاعي، بحسب ما قال مسؤولون للصحفيين.",
    "Hebrew": "מנהיגי שתי המדינות הסכימו ביום שלישי לפתוח במשא ומתן על הסכם הגנה, כך אמרו גורמים רשמיים.",
    "Hindi": "दोनों देशों के नेताओं ने मंगलवार को रक्षा समझौते पर बातचीत शुरू करने पर सहमति जताई, अधिकारियों ने कहा।",
    "Japanese": "両国の首脳は火曜日、防衛協定に関する交渉を始めることで合意したと当局者が述べた。初会合は三月に開かれる予定だ。",
    "Chinese": "两国领导人周二同意就防务协议展开谈判，官员们说。第一轮会谈计划于三月举行，记者将获准旁听。",
    "Korean": "양국 정상은 화요일 방위 협정에 관한 협상을 시작하기로 합의했다고 관계자들이 밝혔다.",
    "Thai": "ผู้นำของทั้งสองประเทศตกลงกันเมื่อวันอังคารที่จะเริ่มการเจรจาเกี่ยวกับข้อตกลงด้านกลาโหม เจ้าหน้าที่กล่าว",
}
DICE = random.Random(1)  # noqa: S311
WORDS = ["".join(DICE.choices(string.ascii_lowercase, k=DICE.randint(2, 12))) for _ in range(300)]
OTHER = {
    "JSON": json.dumps([{"id": f"s{n}", "text": "The talks begin on Monday."} for n in range(1, 60)]),
    "JSON, indented": json.dumps([{"id": f"s{n}", "evidence": [f"t{n}"]} for n in range(1, 60)], indent=2),
    "digits": " ".join(str(DICE.randint(0, 10 ** DICE.randint(1, 9))) for _ in range(300)),
    "long number": "1234567890" * 50,
    "table": "\n".join(f"2026-03-{n:02d}\t{n * 7919}.{n:02d}\t-{n}%" for n in range(60)),
    "code": Path(__file__).read_text(encoding="utf-8").partition("PROSE = {")[0],
    "addresses": "\n".join(
        f"https://www.example.org/news/{n}/a-story-of-{n * 7919:x}?id={n * 104729}" for n in range(60)
    ),
    "emoji": "Great 🎉🎉 news 👩‍👩‍👧‍👦 from 🇳🇴! 🤷🏽‍♀️🔥" * 10,
    "zalgo": "".join(letter + "\u0301\u0316\u0352\u035f" for letter in "the talks begin") * 10,
    "blanks": "a    b\n\n\n   c\t\td \n \n\t e\r\n" * 20,
    "blanks at random": "".join(DICE.choices(" \n\t\r", k=1000)),
    "no words": " ".join(WORDS),
    "no spaces": "".join(WORDS),
    "capitals": "THE TALKS BEGIN ON MONDAY, SAID NATO AND THE WTO. " * 5,
    "base64": base64.b64encode(DICE.randbytes(1500)).decode(),
    "hexadecimal": DICE.randbytes(1000).hex(),
    "typography": "“Yes” — ‘no’ … 5 × 3 ± 1 · €40 £3 §7 ½ 20 °C →",
    "rare scripts": "𐑚𐑩𐑜𐑦𐑯 ཀླད་ཀོར། ኢትዮጵያ ᏣᎳᎩ",
    "private": "\ue000\ufffd\u200b\x00\x07" * 20,
}
TEXTS = PROSE | OTHER


def stored(folder: Path, name: str) -> Path:
    package = find_spec("bpe_openai")
    assert package is not None
    assert package.origin is not None
    packed = Path(package.origin).parent / "data" / f"{name}.tiktoken.gz"
    path = folder / hashlib.sha1(URL.format(name).encode()).hexdigest()  # noqa: S324
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


@cache
def _tokenizer(name: str) -> tiktoken.Encoding:
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, TIKTOKEN_CACHE_DIR=folder):
        stored(Path(folder), name)
        return tiktoken.get_encoding(name)


def real(text: str, name: str = "o200k_base") -> int:
    return len(_tokenizer(name).encode_ordinary(text))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_estimate_is_not_too_low(text: str) -> None:
    assert real(text) <= estimate(text) <= len(text.encode())


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_the_estimate_of_prose_is_not_far_too_high(text: str) -> None:
    assert estimate(text) <= 1.85 * real(text)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_estimate_for_an_older_vocabulary_is_not_too_low(text: str) -> None:
    assert real(text, "cl100k_base") <= estimate(text, o200k=False) <= len(text.encode())


@given(st.text() | st.text(st.characters(codec=None)))
def test_the_estimate_is_never_above_the_bytes(text: str) -> None:
    for o200k in (True, False):
        assert 0 <= estimate(text, o200k=o200k) <= len(text.encode("utf-8", "surrogatepass"))


# --- counted


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vocabularies")
    stored(folder, "o200k_base")
    stored(folder, "cl100k_base")
    return folder


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every address that tiktoken would have fetched; the network itself is never reached."""
    asked: list[str] = []

    def refuse(path: str) -> bytes:
        asked.append(path)
        raise OSError("no network")

    monkeypatch.setattr("tiktoken.load.read_file", refuse)
    monkeypatch.setattr("socket.socket.connect", lambda *_: asked.append("socket"))
    monkeypatch.delenv("DATA_GYM_CACHE_DIR", raising=False)
    yield asked
    assert asked == []


@pytest.mark.parametrize("variable", ["TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"])
def test_counted_with_the_vocabulary(
    folder: Path, variable: str, monkeypatch: pytest.MonkeyPatch, fetched: list[str]
) -> None:
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    monkeypatch.setenv(variable, str(folder))
    for name, text in TEXTS.items():
        assert real(text) <= count(text) <= real(text) + 4 * (len(text) // 1000), (
            name
        )  # only text without blanks is cut
        assert count(text) == count(text, "gpt-5-mini") == count(text, "openai/gpt-4o"), name


def test_counted_with_the_vocabulary_of_the_model(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fetched: list[str]
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(folder))
    text = PROSE["Japanese"]
    assert count(text, "gpt-4-turbo") == real(text, "cl100k_base")
    assert count(text, "gpt-4-turbo") > count(text)
    assert count(text, "llama-3.3-70b") == estimate(text, o200k=False)


def test_a_long_text_is_counted_piece_by_piece(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fetched: list[str]
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(folder))
    text = " ".join([PROSE["English"]] * 100)
    assert count(text) == real(text)


def test_models_have_the_vocabulary_that_tiktoken_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(folder))
    text = PROSE["Hindi"]
    counts = {name: count(text, model) for name, model in [("o200k", "gpt-4o"), ("cl100k", "gpt-4")]}
    known = tiktoken.model.MODEL_TO_ENCODING | tiktoken.model.MODEL_PREFIX_TO_ENCODING
    chat = {model: name.partition("_")[0] for model, name in known.items() if "gpt-" in model or model[0] == "o"}
    assert len(chat) > 20
    for model, name in chat.items():
        if name in counts:
            assert count(text, model) == counts[name], model


@pytest.mark.parametrize("case", ["empty", "corrupt", "cut short", "folder", "no folder", "turned off", "bad name"])
def test_estimated_without_a_sound_file(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fetched: list[str]
) -> None:
    place = {"no folder": str(tmp_path / "none"), "turned off": "", "bad name": "x" * 5000}.get(case, str(tmp_path))
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", place)
    path = stored(tmp_path, "o200k_base")
    data = path.read_bytes()
    if case in ("empty", "folder"):
        path.unlink()
    if case == "folder":
        path.mkdir()
    elif case == "corrupt":
        path.write_bytes(data[:1000] + b"!" + data[1001:])
    elif case == "cut short":
        path.write_bytes(data[:-1])
    text = PROSE["English"]
    assert count(text) == estimate(text)
    assert path.exists() == (case != "empty"), "tiktoken would have removed it"
    if case == "corrupt":  # and it is taken again as soon as it is sound
        path.write_bytes(data)
        assert count(text) == real(text)


def test_estimated_without_tiktoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(tmp_path, "o200k_base")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setitem(sys.modules, "tiktoken", None)
    assert count(PROSE["English"]) == estimate(PROSE["English"])


def test_special_tokens_are_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(folder))
    assert count("<|endoftext|><|endofprompt|>") > 5
    assert count("a\ud800b") > 2
    assert count("") == estimate("") == 0


LONG = {
    "one letter": "a" * 1_000_000,
    "blanks": " " * 1_000_000,
    "line breaks": "\n" * 1_000_000,
    "signs": "!?" * 500_000,
    "Chinese": "会谈星期一开始" * 140_000,
    "emoji": "😀" * 250_000,
    "words": "The talks begin on Monday. " * 37_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_texts_take_linear_time(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(folder))
    count("")  # the vocabulary is loaded
    begun = time.process_time()
    assert count(text) <= len(text.encode())
    assert estimate(text) <= len(text.encode())
    assert estimate(text, o200k=False) <= len(text.encode())
    assert time.process_time() - begun < 15  # about 1.5 s; what is quadratic takes minutes
