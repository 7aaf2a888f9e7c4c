"""What a call costs in US dollars, by the price list of genai-prices: an extra, `pip install 'briefing[prices]'`.

The list comes with that package and is as old as it; nothing is fetched. What it does not hold is unknown, not free.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def cost(model: str, base_url: str, input_tokens: int, output_tokens: int) -> float | None:
    """Return what one call costs in US dollars; None without the package, or where it has no price for this.

    The server says who is paid, the model's name never does: one that runs at home has no price. Each call by itself:
    long prompts may cost more a token, and some servers charge for the call too. All tokens count at the standard
    price, also those that a provider's own cache makes cheaper to read, or dearer to write.

    >>> cost("gpt-6-luna", "http://localhost:8000/v1", 1000, 100) is None
    True
    """
    try:
        from genai_prices import Usage, calc_price  # it takes 0.2 s and 20 MB
    except ImportError:
        return None
    try:
        url = urlsplit(base_url)
        server = f"{url.scheme}://{url.hostname}"
        # its patterns only look at how an address begins, and some take "host/x.googleapis.com" for Google's
        address = server + url.path.replace(".", "")
        usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens)
        price = calc_price(usage, model, provider_api_url=address)
    except (LookupError, ValueError):  # no such provider, no such model; no numbers of tokens, no address
        return None
    matched = re.match(price.provider.api_pattern, address)
    if matched is None or matched.end() < len(server):  # of api.openai.com.example only the beginning is OpenAI's
        return None
    if price.model_price.input_mtok is None or price.model_price.output_mtok is None:
        return None  # it would add nothing for those: an empty list stands for a free model and for an unknown price
    return float(price.total_price)


def known(model: str, base_url: str) -> bool:
    """Return whether money can be counted for this model at this server.

    >>> known("gpt-6-luna", "http://localhost:8000/v1")
    False
    """
    return cost(model, base_url, 0, 0) is not None
