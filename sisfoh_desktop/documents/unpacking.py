"""How far the packed parts of a PDF unfold, measured before any reader unfolds them. Loads nothing heavy.

Measured in one pass and with one budget for the whole file: many small parts may unfold as far as a single great one.
"""

import zlib
from collections.abc import Iterator

MOST_STREAMS = 20_000
_DEEPEST_PACKING = 4
_STEP = 16 * 1024  # bytes fed at once: what follows the end of a packed part is copied no further than this
_HEAD = 64


def unfolds_too_far(pdf: bytes, budget: int) -> bool:
    """Whether the deflated streams of a file, nested ones included, hold more than `budget` bytes, or are too many."""
    count = place = 0
    view = memoryview(pdf)
    while (start := pdf.find(b"stream", place)) >= 0:
        place = start + len(b"stream")
        if pdf[start - 3 : start] == b"end" or pdf[place : place + 1] not in (b"\r", b"\n"):
            continue
        count += 1
        if count > MOST_STREAMS:
            return True
        head = pdf[place : place + _HEAD]
        budget -= _unfolded(view[place + len(head) - len(head.lstrip(b"\r\n")) :], budget, _DEEPEST_PACKING)
        if budget < 0:
            return True
    return False


def _unfolded(packed: memoryview | bytes, budget: int, deep: int) -> int:
    """How many bytes a stream unfolds into; stops counting once it is beyond the budget."""
    total, first = 0, bytearray()
    for block in _blocks(packed, budget):
        total += len(block)
        if total > budget:
            return total
        if deep > 1 and (first or _is_packed(block)):
            first += block
    if first:
        total += _unfolded(bytes(first), budget - total, deep - 1)
    return total


def _blocks(packed: memoryview | bytes, budget: int) -> Iterator[bytes]:
    """The stream unfolded piece by piece; nothing when it is no deflated one, and as far as it is a sound one."""
    if not _is_packed(packed):
        return
    machine = zlib.decompressobj()
    try:
        for at in range(0, len(packed), _STEP):
            block = packed[at : at + _STEP]
            while len(block):
                yield machine.decompress(block, budget + 1)
                block = machine.unconsumed_tail
            if machine.eof:
                return
    except zlib.error:
        return


def _is_packed(data: memoryview | bytes) -> bool:
    """Whether the first byte is that of a deflated stream."""
    return len(data) > 0 and data[0] & 0x0F == 8
