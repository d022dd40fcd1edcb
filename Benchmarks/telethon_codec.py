#!/usr/bin/env python3
"""Measures how fast Telethon decodes and encodes the benchmark page; prints one line of JSON.

The speeds are in megabytes (10^6 bytes) of TL a second of CPU time, with the objects that an application
gets. Before anything is timed, the page must survive a round trip.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import SupportsBytes

try:
    from telethon.extensions import BinaryReader
except ImportError as missing:
    sys.exit(
        f"error: Telethon cannot be imported ({missing}); try\n"
        "  python3 -m venv .venv && .venv/bin/pip install -r Tests/Interop/requirements.txt\n"
        "and run this script with .venv/bin/python."
    )

DEFAULT_PAGE = Path(__file__).resolve().parents[1] / "Tests" / "Fixtures" / "messages-page.bin"
DEFAULT_SECONDS = 2.0
ROUNDS = 5


def decode(data: bytes) -> SupportsBytes:
    """Reads one object from the start of a buffer."""
    made: SupportsBytes = BinaryReader(data).tgread_object()
    return made


def megabytes_a_second(size: int, work: Callable[[], object], seconds: float) -> float:
    """The speed of the best of a few rounds that take so many seconds together.

    The best one, because whatever else the machine does can only make a round slower.
    """
    best = 0.0
    for _ in range(ROUNDS):
        runs, start = 0, time.process_time()
        while (elapsed := time.process_time() - start) < seconds / ROUNDS:
            work()
            runs += 1
        best = max(best, size * runs / elapsed / 1e6)
    return best


def main() -> int:
    """Checks the page, then times both directions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", type=Path, default=DEFAULT_PAGE, help="the bytes of one TL object")
    parser.add_argument("--seconds", type=float, default=DEFAULT_SECONDS, help="CPU seconds for each direction")
    options = parser.parse_args()
    try:
        data = options.page.read_bytes()
    except OSError as error:
        sys.exit(f"error: '{options.page}' cannot be read ({error.strerror}), Tests/Interop/make_page.py makes it")
    page = decode(data)
    if bytes(page) != data:
        sys.exit(f"error: Telethon does not write '{options.page}' as it reads it")
    result = {
        "decode_mb_s": round(megabytes_a_second(len(data), lambda: decode(data), options.seconds), 2),
        "encode_mb_s": round(megabytes_a_second(len(data), lambda: bytes(page), options.seconds), 2),
        "bytes": len(data),
    }
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
