"""What a cassette keeps of requests and replies: what was said, byte for byte, and nothing of who said it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

FOLDER = Path(__file__).parents[2] / "cassettes"
#: Not OPENAI_API_KEY: the suite takes that away, so that no test can pay by accident.
KEY = "BRIEFING_RECORD_API_KEY"
#: All that is kept of headers: whatever else a provider sends, or will, stays out.
KEPT = {"content-type", "content-encoding", "retry-after", "retry-after-ms", "x-should-retry"}
#: What a body may echo of whoever recorded it.
_PRIVATE = re.compile(
    rb"\bsk-[\w*.-]{8,}|\bBearer\s+[\w*.-]+|\b(?:org|proj|req|user|sess)[-_][A-Za-z0-9*]{16,}"
    rb"|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_SCRUBBED = b"(scrubbed)"
#: Breaks other than \n, which YAML would read as \n from any but a string in double quotes.
_BREAKS = re.compile("[\r\x85\u2028\u2029\ufeff]")


def scrub_request(request: Any) -> Any:
    """Return a request without what is private; the port of a local server goes too, since each run has another."""
    request.headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT}
    request.uri = re.sub(r"^(http://127\.0\.0\.1):\d+", r"\1", request.uri)
    request.body = request.body and scrub(request.body)
    return request


def scrub_response(response: Any) -> Any:
    """Return a response without what is private."""
    response["headers"] = {name: value for name, value in response["headers"].items() if name.lower() in KEPT}
    response["body"]["string"] = scrub(response["body"].get("string", b""))
    return response


def scrub(body: bytes) -> bytes:
    """Return a body without keys and names of accounts; what it says otherwise stays as it is, byte for byte."""
    key = os.environ.get(KEY, "").strip().encode()
    return _PRIVATE.sub(_SCRUBBED, body.replace(key, _SCRUBBED) if key else body)


class _Dumper(yaml.CSafeDumper):  # type: ignore[misc]
    """Writes letters as letters and each string on its lines, so that a person can read a cassette and its diff."""

    def represent_str(self, text: str) -> Any:
        style = '"' if _BREAKS.search(text) else "|" if "\n" in text else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _Dumper.represent_str)


class Readable:
    """The serializer of cassettes."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        """Return a cassette as YAML."""
        return str(yaml.dump(cassette, Dumper=_Dumper, allow_unicode=True, width=2**20, sort_keys=False))

    @staticmethod
    def deserialize(text: str) -> Any:
        """Return a cassette from YAML, which can name no class to make."""
        return yaml.load(text, Loader=yaml.CSafeLoader)


#: The host and port differ from one recording to the next; all that is asked is in the body, compared as JSON values.
SETTINGS: dict[str, Any] = {
    "match_on": ["method", "path", "body"],
    "decode_compressed_response": True,
    "before_record_request": scrub_request,
    "before_record_response": scrub_response,
}


def unplayed(cassette: Any) -> list[str]:
    """Return the requests of a cassette that nobody made again."""
    return [str(request) for at, request in enumerate(cassette.requests) if not cassette.play_counts[at]]
