"""Faults of the connection and of HTTP itself: broken off, dripping, silent, too large, packed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from . import wire
from .call import Call
from .fault import HANG, End, Fault, Step, table

#: Seconds in which what was sent has left before a reset overtakes it.
_LEAVES = 0.01
#: Seconds between two bytes of a drip.
_DRIP = 0.2
#: 20 MB: above what any completion of ours can be.
_HUGE = 20_000_000


def _whole(call: Call) -> bytes:
    return wire.reply(wire.completion(call, call.content))


def _half(call: Call, *, share: float = 0.5) -> bytes:
    """Return the head and a part of the body."""
    whole = _whole(call)
    start = whole.index(b"\r\n\r\n") + 4
    return whole[: start + int(share * (len(whole) - start))]


def _then(part: Callable[[Call], bytes], *steps: Step) -> Callable[[Call], Iterable[Step]]:
    return lambda call: [part(call), *steps]


def _drip(call: Call, start: int = 0) -> Iterator[Step]:
    whole = _whole(call)
    if start:
        yield whole[:start]
    for byte in whole[start:]:
        yield bytes([byte])
        yield _DRIP


def _drip_body(call: Call) -> Iterator[Step]:
    yield from _drip(call, _whole(call).index(b"\r\n\r\n") + 4)


def _in_chunks(call: Call, *, end: bytes = wire.LAST_CHUNK, close: bool = False) -> Iterator[Step]:
    data = wire.dump(wire.completion(call, call.content)).encode()
    *chunks, _ = wire.chunked(data[start : start + 100] for start in range(0, len(data), 100))
    yield from chunks
    yield end
    if close:
        yield End.CLOSE


def _huge(call: Call, *, in_chunks: bool = False) -> Iterator[Step]:
    """Reply with a completion that is right, after 20 MB of the spaces that JSON allows."""
    data = wire.dump(wire.completion(call, call.content)).encode()
    spaces, parts = b" " * 100_000, _HUGE // 100_000
    if in_chunks:
        yield from wire.chunked([*[spaces] * parts, data])
        return
    yield wire.head(200, {"content-type": wire.JSON, "content-length": str(_HUGE + len(data))})
    yield from [spaces] * parts
    yield data


#: What a gzip member begins with: deflate, no name, no time.
_GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_MEGABYTE = b" " * 1_000_000


@cache
def _bomb(megabytes: int) -> tuple[bytes, int]:
    """Return so many megabytes of spaces, deflated, and their checksum.

    A block flushed in full refers to nothing before it: one is packed and repeated.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(_MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(_MEGABYTE, checksum)
    return block * megabytes, checksum


def _gzip(call: Call, *, megabytes: int = 0) -> list[Step]:
    """Reply gzipped, after megabytes of the spaces that JSON allows."""
    data = wire.dump(wire.completion(call, call.content)).encode()
    spaces, checksum = _bomb(megabytes)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = _GZIP + spaces + packer.compress(data) + packer.flush()
    packed += zlib.crc32(data, checksum).to_bytes(4, "little")
    packed += (megabytes * len(_MEGABYTE) + len(data)).to_bytes(4, "little")
    return [wire.reply(packed, 200, {"content-encoding": "gzip"})]


def _lying_length(call: Call, by: int) -> list[Step]:
    data = wire.dump(wire.completion(call, call.content)).encode()
    return [wire.head(200, {"content-type": wire.JSON, "content-length": str(len(data) + by)}) + data]


def _endless_head(call: Call) -> Iterator[Step]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(20_000):
        yield b"x-filler-%d: %b\r\n" % (number, b"x" * 90)
    yield b"content-length: 0\r\n\r\n"


def _fixed(data: bytes, *steps: Step) -> Callable[[Call], Iterable[Step]]:
    return lambda call: [data, *steps]


_NOT_BILLED = [
    Fault("reset", _fixed(b"", End.RESET)),
    Fault("closed", _fixed(b"", End.CLOSE)),
    Fault("hang", _fixed(b"", HANG)),
    Fault("not_http", _fixed(b"220 mail.example.org ESMTP ready\r\n", End.CLOSE)),
    Fault("bad_length", _fixed(b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}", End.CLOSE)),
    Fault("endless_head", _endless_head),
]
_BILLED: dict[str, Callable[[Call], Iterable[Step]]] = {
    "eof_in_head": _then(lambda call: _whole(call)[:40], End.CLOSE),
    "reset_in_body": _then(_half, _LEAVES, End.RESET),
    "eof_in_body": _then(_half, End.CLOSE),
    "eof_after_head": _then(partial(_half, share=0), End.CLOSE),
    "hang_in_body": _then(_half, HANG),
    "drip": _drip,
    "drip_body": _drip_body,
    "ok_then_closed": _then(_whole, End.CLOSE),  # a connection that a pool believes alive
    "no_length": _then(lambda call: _whole(call).replace(b"content-length", b"x-length"), End.CLOSE),
    "length_too_short": lambda call: _lying_length(call, -5),
    "length_too_long": lambda call: [*_lying_length(call, 5), End.CLOSE],
    "chunked": _in_chunks,
    "chunked_eof": partial(_in_chunks, end=b"", close=True),
    "chunked_bad_size": partial(_in_chunks, end=b"zz\r\n", close=True),
    "huge": _huge,
    "huge_chunked": partial(_huge, in_chunks=True),
    "gzip": _gzip,
    "gzip_bomb": partial(_gzip, megabytes=200),
}

FAULTS = table([*_NOT_BILLED, *(Fault(name, script, billed=True) for name, script in _BILLED.items())])
