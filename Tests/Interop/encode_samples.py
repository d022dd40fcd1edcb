#!/usr/bin/env python3
"""Writes random TL objects as Telethon encodes them, one a line: number, c or f, name, bytes in hex."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telethon_objects import Builder
from tl_random import RandomValues
from tl_schema import DEFAULT_SCHEMA, Combinator, Schema

DEFAULT_SEED = 228
DEFAULT_SAMPLES = 4
#: Numbers that must be covered at least; fewer means that the schemas have drifted too far apart.
REQUIRED_NUMBERS = 2_000


@dataclass(frozen=True)
class Sample:
    """One encoded value."""

    combinator: Combinator
    object: Any
    data: bytes

    @property
    def line(self) -> str:
        """The line that the other side reads."""
        kind = "f" if self.combinator.is_function else "c"
        return f"{self.combinator.number:08x} {kind} {self.combinator.name} {self.data.hex()}"


class Encoder:
    """Chooses what can be encoded and encodes it, twice: Telethon and ``tl_schema`` must agree."""

    def __init__(self, schema: Schema, seed: int) -> None:
        self.schema = schema
        self.builder = Builder(schema)
        self.shared = [item for item in schema.by_number.values() if item.number in self.builder.classes]
        self.values = RandomValues(schema, {item.number for item in self.shared}, seed)
        self.covered = [item for item in self.shared if self.values.can_make(item)]

    def samples(self, count: int) -> Iterator[Sample]:
        """``count`` samples of every combinator, in the order of the schema; no two are the same bytes."""
        for combinator in self.covered:
            seen: set[bytes] = set()
            for index in range(count):
                value = self.values.sample(combinator, index)
                sample = self._encode(combinator, value)
                if sample.data not in seen:
                    seen.add(sample.data)
                    yield sample

    def left_out(self) -> list[str]:
        """A line for every combinator of the schema that has no sample, with the reason."""
        covered = {item.number for item in self.covered}
        return [
            f"{item.number:08x} {item.name}: {self._reason(item)}"
            for item in self.schema.by_number.values()
            if item.number not in covered
        ]

    def _reason(self, combinator: Combinator) -> str:
        if combinator.number not in self.builder.classes:
            return "Telethon has no class of this number"
        missing = ", ".join(self.values.missing_types(combinator))
        return f"no constructor of {missing} is in both schemas"

    def _encode(self, combinator: Combinator, value: dict[str, Any]) -> Sample:
        made = self.builder.build(value, combinator.is_function)
        data = bytes(made)
        if data != self.schema.encode(value, combinator.is_function):
            sys.exit(f"error: Telethon and the schema disagree on the bytes of {value!r}")
        return Sample(combinator, made, data)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that every script with samples has."""
    parser.add_argument("--schema", type=Path, default=DEFAULT_SCHEMA, help="the schema (default: Schema/api.tl)")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="the same seed gives the same samples")
    parser.add_argument("--samples", type=int, default=DEFAULT_SAMPLES, help="samples of each combinator, at most")


def main() -> int:
    """Writes the samples and says on standard error what they cover."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--output", type=Path, help="a file (default: standard output)")
    options = parser.parse_args()
    encoder = Encoder(Schema.load(options.schema), options.seed)
    numbers, lines = set(), []
    for sample in encoder.samples(options.samples):
        numbers.add(sample.combinator.number)
        lines.append(sample.line)
    text = "\n".join(lines) + "\n"
    if options.output:
        options.output.write_text(text, encoding="ascii")
    else:
        sys.stdout.write(text)
    total = len(encoder.schema.by_number)
    print(f"seed {options.seed}, {len(lines)} samples, {len(text)} characters", file=sys.stderr)
    print(f"{total} numbers in the schema, {len(encoder.shared)} also in Telethon, "
          f"{len(numbers)} covered", file=sys.stderr)
    for line in encoder.left_out():
        print(f"left out: {line}", file=sys.stderr)
    if len(numbers) < REQUIRED_NUMBERS:
        print(f"error: {len(numbers)} numbers are covered, at least {REQUIRED_NUMBERS} must be", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
