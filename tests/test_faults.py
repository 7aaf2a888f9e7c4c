"""The engine against a server at which everything goes wrong: what each fault leads to, and in how many calls.

All run side by side against one server, where the model's name says which fault it serves: once and then well, or,
with an exclamation mark, for ever.
"""

from __future__ import annotations

import asyncio
import pickle
import time
from collections import Counter
from typing import NamedTuple

import pytest

import briefing
from briefing import BriefingError, EngineError
from tests.faults import FAULTS, Call, Fault, FaultServer
from tests.faults.breaks import FAULTS as BREAKS

KEY = "sk-canary-4f1d"
ARTICLE = (
    "The council approved the new bridge on Monday. It will cost $4 million. Work begins in May, Mayor Ana Holm said. "
    "The ferry stops running then."
)
DEADLINE, ENDS = 8.0, 4.0
#: Faults that never end by themselves, and would keep the others waiting.
ENDLESS = frozenset("hang hang_in_body drip drip_body chunked_bad_size sse_hang sse_slow sse_silence".split())

# What follows a fault that is served once, in so many calls, and what follows one that stays.
ROWS: list[tuple[str, str, int, str, int]] = [
    ("429 429_forever", "ok", 2, "RateLimited", 4),
    ("429_retry_after_zero 429_retry_after_past 429_retry_after_ms 429_retry_after_bad_ms", "ok", 2, "RateLimited", 4),
    ("429_retry_after_nan 429_retry_after_inf 429_retry_after_negative 429_retry_after_empty", "ok", 2, "RateLimited", 4),
    ("429_retry_after_words 429_retry_after_bad_date 429_retry_after_fraction", "ok", 2, "RateLimited", 4),
    ("429_retry_after_day 429_should_not_retry", "RateLimited", 1, "RateLimited", 1),
    ("429_insufficient_quota 429_insufficient_quota_retry body_error_quota", "QuotaExceeded", 1, "QuotaExceeded", 1),
    ("408 409 500 502 503 504 529 502_html 503_empty 500_truncated", "ok", 2, "ProviderFailed", 4),
    ("400_should_retry body_error body_error_text", "ok", 2, "ProviderFailed", 4),
    ("400 413 422 500_should_not_retry", "ProviderFailed", 1, "ProviderFailed", 1),
    ("redirect_301 redirect_302 redirect_307 redirect_308", "ProviderFailed", 1, "ProviderFailed", 1),
    ("400_json_schema 500_response_format", "ok", 2, "ok", 2),
    ("400_response_format 400_no_format", "ok", 2, "ok", 3),
    ("400_temperature 400_max_tokens 400_stream_options", "ok", 1, "ok", 1),  # which nobody asked for
    ("401_echoes_key 403", "AuthFailed", 1, "AuthFailed", 1),
    ("404_model_not_found 404_text", "ModelNotFound", 1, "ModelNotFound", 1),
    ("reset closed not_http bad_length endless_head eof_in_head", "ok", 2, "ConnectionFailed", 4),
    ("reset_in_body eof_in_body eof_after_head length_too_long length_too_short chunked_eof", "ok", 2, "ConnectionFailed", 4),
    ("hang hang_in_body drip drip_body", "DeadlineExceeded", 1, "DeadlineExceeded", 1),
    ("ok ok_then_closed no_length chunked gzip body_bom body_nan content_parts finish_missing finish_null", "ok", 1, "ok", 1),
    ("usage_missing usage_null usage_strings usage_negative usage_list usage_partial", "ok", 1, "ok", 1),
    ("huge huge_chunked gzip_bomb only_nested_objects long_text evidence_repeated", "BadReply too_large", 1, "BadReply too_large", 1),
    ("finish_length finish_length_empty", "Truncated", 1, "Truncated", 1),
    ("finish_content_filter finish_content_filter_half", "ContentFiltered", 1, "ContentFiltered", 1),
    ("refusal", "Refused", 1, "Refused", 1),
    ("body_empty body_spaces content_null content_empty content_number tool_call", "ok", 2, "BadReply empty", 2),
    ("body_html", "ok", 2, "BadReply html", 2),
    ("body_truncated body_binary body_latin1 body_digits body_nested body_surrogate", "ok", 2, "BadReply not_json", 2),
    ("not_json content_truncated single_quotes trailing_comma only_nested", "ok", 2, "BadReply not_json", 2),
    ("body_null body_list body_string choices_empty choices_null choices_missing choices_object", "ok", 2, "BadReply no_choices", 2),
    ("choice_null message_missing message_null message_text", "ok", 2, "BadReply no_choices", 2),
    ("content_null_word content_string empty_object wrong_types wrong_types_inside nulls", "ok", 2, "BadReply schema", 2),
    ("missing_field content_nan content_inf content_digits duplicate_keys two_objects", "ok", 2, "BadReply schema", 2),
    ("fenced fenced_plain prose_around prose_with_braces thinking content_bom content_list", "ok", 1, "ok", 1),
    ("extra_fields content_nan_extra content_inf_extra content_digits_extra two_equal_objects", "ok", 1, "ok", 1),
    ("content_surrogate nul_character empty_texts markers_in_text other_article", "ok", 1, "ok", 1),
    ("evidence_unknown evidence_zero evidence_negative evidence_10_21 evidence_digits evidence_ints", "ok", 1, "ok", 1),
    ("evidence_text evidence_null evidence_empty evidence_unicode", "ok", 1, "ok", 1),
    ("429_retry_after_ms_and_seconds 429_retry_after_huge", "ok", 2, "RateLimited", 4),
    ("503_retry_after_seconds", "ok", 2, "ProviderFailed", 4),
    ("400_temperature_unnamed 400_max_completion_tokens 400_stream_options_unnamed", "ok", 1, "ok", 1),
    ("body_error_filter", "ContentFiltered", 1, "ContentFiltered", 1),
    ("content_nested content_nested_extra", "ok", 2, "BadReply schema", 2),
]  # fmt: skip
#: The same for replies that are streamed: nothing is asked for again once a piece of it has come.
STREAMED: list[tuple[str, str, int, str, int]] = [
    ("sse sse_comments sse_split sse_one_chunk sse_many_lines sse_no_space sse_crlf sse_cr", "ok", 1, "ok", 1),
    ("sse_bom sse_no_done sse_no_usage", "ok", 1, "ok", 1),
    ("sse_eof sse_reset", "ConnectionFailed", 1, "ConnectionFailed", 1),
    ("sse_error sse_error_event", "ProviderFailed", 1, "ProviderFailed", 1),
    ("sse_ends_early sse_bad_json sse_null sse_no_choices sse_error_line", "BadReply not_json", 1, "BadReply not_json", 1),
    ("refusal", "Refused", 1, "Refused", 1),
    ("finish_content_filter", "ContentFiltered", 1, "ContentFiltered", 1),
    ("sse_empty sse_only_done content_null content_empty", "ok", 2, "BadReply empty", 2),
    ("choices_empty", "ok", 2, "BadReply no_choices", 2),
    ("sse_endless huge", "BadReply too_large", 1, "BadReply too_large", 1),
    ("sse_hang sse_slow sse_silence hang", "DeadlineExceeded", 1, "DeadlineExceeded", 1),
    ("finish_length", "Truncated", 1, "Truncated", 1),
    ("401_echoes_key", "AuthFailed", 1, "AuthFailed", 1),
    ("503 500_truncated", "ok", 2, "ProviderFailed", 4),
    ("400_stream_options 400_json_schema", "ok", 2, "ok", 2),
    ("body_html", "ok", 2, "BadReply html", 2),
]  # fmt: skip


class Case(NamedTuple):
    streamed: bool
    model: str
    outcome: str
    calls: int


class Outcome(NamedTuple):
    told: str
    seconds: float
    error: BriefingError | None


def cases() -> list[Case]:
    found = []
    for streamed, rows in ((False, ROWS), (True, STREAMED)):
        for names, once, calls, forever, most in rows:
            for name in names.split():
                found += [Case(streamed, name, once, calls), Case(streamed, f"{name}!", forever, most)]
    return found


CASES = cases()


def serve(call: Call, seen: Counter[str]) -> Fault:
    model = (call.body or {})["model"]
    seen[model] += 1
    name = model.strip("~!")
    return FAULTS[name] if seen[model] == 1 or model.endswith("!") else FAULTS["ok"]


async def run(case: Case, url: str, at_once: asyncio.Semaphore) -> Outcome:
    document = briefing.Document.read(ARTICLE)
    deadline = ENDS if case.model.strip("!") in ENDLESS else DEADLINE
    # a connection that the server has just closed must not be the next case's: another key has other connections
    key = f"{KEY}-{model(case)}" if case.model.strip("!") in BREAKS else KEY
    engine = briefing.OpenAI(model(case), url, key, deadline)
    async with at_once:
        start = time.perf_counter()
        try:
            if case.streamed:
                assert [claim async for claim in engine.stream(document, points=3, focus=None)]
            else:
                await engine.brief(document, points=3, focus=None)
        except BriefingError as error:
            told = f"{type(error).__name__} {getattr(error, 'kind', '')}".strip()
            return Outcome(told, time.perf_counter() - start, error)
        return Outcome("ok", time.perf_counter() - start, None)


def model(case: Case) -> str:
    return f"~{case.model}" if case.streamed else case.model


@pytest.fixture(scope="module")
def outcomes() -> dict[Case, tuple[Outcome, int]]:
    """Run every case once, side by side; those that end by their deadline apart, so that nothing large is read beside."""
    seen: Counter[str] = Counter()

    async def every(url: str) -> dict[Case, Outcome]:
        at_once = asyncio.Semaphore(40)
        await run(Case(False, "ok", "", 0), url, at_once)  # the SDK's import takes its time
        seen.clear()
        found: dict[Case, Outcome] = {}
        for endless in (False, True):
            several = [case for case in CASES if (case.model.strip("!") in ENDLESS) == endless]
            ended = await asyncio.gather(*(run(case, url, at_once) for case in several))
            found |= zip(several, ended, strict=True)
        return found

    with FaultServer(lambda call: serve(call, seen)) as server:
        done = asyncio.run(every(server.base_url))
        assert not [call for call in server.ledger if "elsewhere" in call.path]  # no redirect was followed
    return {case: (outcome, seen[model(case)]) for case, outcome in done.items()}


@pytest.mark.parametrize("case", CASES, ids=model)
def test_faults(case: Case, outcomes: dict[Case, tuple[Outcome, int]]) -> None:
    outcome, calls = outcomes[case]
    assert (outcome.told, calls) == (case.outcome, case.calls), outcome.error
    assert calls <= 4 and outcome.seconds < DEADLINE
    error = outcome.error
    if error is None:
        return
    assert isinstance(error, EngineError)
    assert error.attempts == calls and error.usage is not None and error.usage.calls == calls
    for text in (str(error), repr(error), pickle.dumps(error).decode("latin-1")):
        assert KEY not in text and "council" not in str(error)
    assert str(error).endswith(".")
    if case.outcome == "DeadlineExceeded":
        assert ENDS <= outcome.seconds <= 1.1 * ENDS


def test_every_fault_has_a_row() -> None:
    told = {case.model.strip("!") for case in CASES}
    elsewhere = {  # the same with a wait that the tests can do without, or shown in another test
        "429_retry_after_seconds", "429_retry_after_date", "chunked_bad_size",
        "400_context_openai", "400_context_llama", "400_context_vllm",  # followed by other, smaller requests
    }  # fmt: skip
    forever = {name for name in FAULTS if name.endswith("_forever")}
    assert set(FAULTS) - told - forever <= elsewhere
