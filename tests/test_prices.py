"""Money: what genai-prices knows is counted as it counts, and what it does not know is never guessed."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

from briefing import prices

LUNA = "gpt-6-luna"

# model, base_url, the provider whose price it is
KNOWN = {
    "our default": (LUNA, "https://api.openai.com/v1", "openai"),
    "a dated name": ("gpt-6-luna-2026-09-22", "https://api.openai.com/v1", "openai"),
    "another model": ("gpt-4o-mini", "https://api.openai.com/v1", "openai"),
    "capitals in the host": (LUNA, "HTTPS://API.OpenAI.com/v1", "openai"),
    "a port": (LUNA, "https://api.openai.com:443/v1", "openai"),
    "a dot in the path": (LUNA, "https://api.openai.com/v1.0", "openai"),
    "no path": (LUNA, "https://api.openai.com", "openai"),
    "a customer's host": ("gpt-4o", "https://acme.openai.azure.com/openai/v1", "azure"),
    "a long host": ("gemini-2.5-pro", "https://generativelanguage.googleapis.com/v1beta/openai", "google"),
    "a provider of many": ("openai/gpt-4o", "https://openrouter.ai/api/v1", "openrouter"),
    "a provider in the path": (
        "openai/gpt-oss-120b",
        "https://router.huggingface.co/cerebras/v1",
        "huggingface_cerebras",
    ),
    "a charge for each call": ("sonar", "https://api.perplexity.ai", "perplexity"),
}

UNKNOWN = {
    "at home": (LUNA, "http://localhost:8000/v1"),
    "at home by number": ("gpt-4o", "http://127.0.0.1:11434/v1"),
    "at home, IPv6": ("gpt-4o", "http://[::1]:8000/v1"),
    "another's server": ("claude-sonnet-4-5", "https://llm.example.org/v1"),
    "no such model": ("gpt-nope", "https://api.openai.com/v1"),
    "more than the name": ("gpt-6-luna-ours", "https://api.openai.com/v1"),
    "less than the name": ("gpt-6", "https://api.openai.com/v1"),
    "another's model": ("claude-sonnet-4-5", "https://api.openai.com/v1"),
    "no model": ("", "https://api.openai.com/v1"),
    "reads only": ("text-embedding-3-small", "https://api.openai.com/v1"),
    "a list without prices": ("gpt-4o", "https://api.githubcopilot.com"),
    "the provider in the path": (LUNA, "http://evil.example/api.openai.com"),
    "Azure in the path": ("gpt-4o", "http://localhost:8000/x.openai.azure.com/v1"),
    "Google in the path": ("gemini-2.5-pro", "https://evil.example/x.googleapis.com/v1"),
    "a host that goes on": (LUNA, "https://api.openai.com.evil.example/v1"),
    "a host that goes on with letters": (LUNA, "https://api.openai.community/v1"),
    "Azure's that goes on": ("gpt-4o", "https://acme.openai.azure.com.evil.example/v1"),
    "a host that the list leaves open": ("kimi-k2", "https://api.moonshot.evil.example/v1"),
    "a host that ends so": (LUNA, "https://evil-api.openai.com.example/v1"),
    "the provider as user": (LUNA, "https://api.openai.com@evil.example/v1"),
    "the provider asked for": (LUNA, "https://evil.example/v1?https://api.openai.com"),
    "the provider as fragment": (LUNA, "https://evil.example/v1#https://api.openai.com"),
    "no address": (LUNA, "https://[api.openai.com"),
    "nothing": (LUNA, ""),
}


@pytest.fixture
def listed() -> ModuleType:
    """Return the package, without which nothing is known."""
    package: ModuleType = pytest.importorskip("genai_prices", reason="needs the extra: pip install 'briefing[prices]'")
    return package


@pytest.mark.parametrize("read, written", [(0, 0), (1_234, 567), (3_000_000, 70_000)], ids=["none", "some", "many"])
@pytest.mark.parametrize(("model", "base_url", "provider"), KNOWN.values(), ids=KNOWN)
def test_costs_what_the_list_says(
    listed: ModuleType, model: str, base_url: str, provider: str, read: int, written: int
) -> None:
    usage = listed.Usage(input_tokens=read, output_tokens=written)
    own = listed.calc_price(usage, model, provider_id=provider)

    assert prices.cost(model, base_url, read, written) == float(own.total_price)
    assert prices.known(model, base_url)


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(("model", "base_url"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_has_no_price_is_unknown(model: str, base_url: str) -> None:
    assert prices.cost(model, base_url, 1_000, 100) is None
    assert not prices.known(model, base_url)


@pytest.mark.usefixtures("listed")
def test_a_long_prompt_may_cost_more_a_token() -> None:
    short, long = (prices.cost(LUNA, "https://api.openai.com/v1", tokens, 0) or 0.0 for tokens in (272_000, 272_001))

    assert long > 1.5 * short > 0


@pytest.mark.usefixtures("listed")
def test_numbers_that_are_none_are_unknown() -> None:
    assert prices.cost(LUNA, "https://api.openai.com/v1", -1, 0) is None


def test_without_the_package_all_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genai_prices", None)

    assert prices.cost(LUNA, "https://api.openai.com/v1", 1_000, 100) is None
    assert not prices.known(LUNA, "https://api.openai.com/v1")


@pytest.mark.usefixtures("listed")
def test_threads_that_ask_first_get_the_same() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from briefing import prices\n"
        "ask = lambda n: prices.cost('gpt-6-luna', 'https://api.openai.com/v1', 1_000 * n, 100)\n"
        "with ThreadPoolExecutor(16) as pool: together = list(pool.map(ask, range(64)))\n"
        "assert together == [ask(n) for n in range(64)] and None not in together\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@pytest.mark.usefixtures("listed")
def test_is_imported_late_and_never_asks_the_network() -> None:
    program = (
        "import sys, threading\n"
        "from briefing import prices\n"
        "assert 'genai_prices' not in sys.modules\n"
        "asked = []\n"
        "sys.addaudithook(lambda event, _: asked.append(event) if event.startswith('socket.') else None)\n"
        "assert prices.known('gpt-6-luna', 'https://api.openai.com/v1')\n"
        "assert not prices.known('gpt-6-luna', 'https://llm.example.org/v1')\n"
        "assert not {'socket.connect', 'socket.getaddrinfo', 'socket.sendto'} & set(asked), asked\n"
        "assert threading.active_count() == 1\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
