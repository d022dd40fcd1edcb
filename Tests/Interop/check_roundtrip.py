#!/usr/bin/env python3
"""Sends Telethon's bytes through the Swift codec and compares what comes back, byte for byte.

The executable reads lines as ``encode_samples.py`` writes them and answers each, in order, with
``<number> ok <bytes in hex>`` or ``<number> error <message>``. Whatever it wrote is then read by Telethon
and compared with the object at the start.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from encode_samples import REQUIRED_NUMBERS, Encoder, Sample, add_options
from telethon_objects import comparable, first_difference, read_object
from tl_schema import Schema

SHOWN_FAILURES = 10
TIMEOUT_SECONDS = 300
#: Bytes shown on each side of the first difference.
CONTEXT = 8


@dataclass
class Outcome:
    """What the comparison found."""

    numbers: set[int]
    samples: int = 0
    identical: int = 0
    read_back: int = 0
    failures: int = 0

    def fail(self, sample: Sample, what: str) -> None:
        """Counts a failure, and prints it while there are few."""
        self.failures += 1
        if self.failures <= SHOWN_FAILURES:
            print(f"{sample.combinator.number:08x} {sample.combinator.name}: {what}")

    @property
    def summary(self) -> str:
        """The last line of the output."""
        return (
            f"{self.samples} samples, {len(self.numbers)} distinct numbers, identical: {self.identical}, "
            f"read back by Telethon: {self.read_back}"
        )

    @property
    def is_good(self) -> bool:
        """Whether all samples passed, and enough of them."""
        complete = self.identical == self.read_back == self.samples
        return complete and self.failures == 0 and len(self.numbers) >= REQUIRED_NUMBERS


def run(executable: Path, samples: list[Sample]) -> list[str]:
    """The answers of the executable, one a sample."""
    lines = "".join(f"{sample.line}\n" for sample in samples)
    try:
        finished = subprocess.run(
            [str(executable)], input=lines, capture_output=True, encoding="utf-8", timeout=TIMEOUT_SECONDS, check=False
        )
    except OSError as error:
        sys.exit(f"error: '{executable}' cannot be run ({error.strerror}), build it and give its path")
    except subprocess.TimeoutExpired:
        sys.exit(f"error: '{executable}' was not done after {TIMEOUT_SECONDS} seconds")
    answers = finished.stdout.splitlines()
    if finished.returncode != 0:
        last = finished.stderr.strip().splitlines()[-1:] or ["without a message"]
        sys.exit(f"error: '{executable}' ended with {finished.returncode} after {len(answers)} answers: {last[0]}")
    if len(answers) != len(samples):
        sys.exit(f"error: '{executable}' gave {len(answers)} answers to {len(samples)} samples")
    return answers


def check(sample: Sample, answer: str, outcome: Outcome) -> None:
    """Compares one answer with its sample."""
    outcome.samples += 1
    outcome.numbers.add(sample.combinator.number)
    number, _, rest = answer.partition(" ")
    status, _, content = rest.partition(" ")
    if number.lower() != f"{sample.combinator.number:08x}" or status not in ("ok", "error"):
        outcome.fail(sample, f"the answer does not belong to this sample: {answer[:60]!r}")
        return
    if status == "error":
        outcome.fail(sample, f"error: {content}")
        return
    try:
        data = bytes.fromhex(content)
    except ValueError:
        outcome.fail(sample, f"the answer is not in hex: {content[:60]!r}")
        return
    if data != sample.data:
        outcome.fail(sample, describe_difference(sample.data, data))
    else:
        outcome.identical += 1
    check_reading(sample, data, outcome)


def check_reading(sample: Sample, data: bytes, outcome: Outcome) -> None:
    """Lets Telethon read what the executable wrote."""
    try:
        made = read_object(data)
    except Exception as error:  # Telethon has no common type for what broken bytes make it raise.
        outcome.fail(sample, f"Telethon cannot read it: {type(error).__name__}: {error}")
        return
    difference = first_difference(comparable(sample.object), comparable(made))
    if difference is None:
        outcome.read_back += 1
    else:
        outcome.fail(sample, f"Telethon reads another object, {difference}")


def describe_difference(expected: bytes, actual: bytes) -> str:
    """Where two unequal buffers part, with some bytes of each."""
    shorter = min(len(expected), len(actual))
    offset = next((place for place in range(shorter) if expected[place] != actual[place]), shorter)
    start = max(0, offset - CONTEXT)
    parts = [
        f"{name} ...{data[start:offset].hex()}|{data[offset:offset + CONTEXT].hex()}... of {len(data)} bytes"
        for name, data in (("expected", expected), ("got", actual))
    ]
    return f"first difference at offset {offset}: {', '.join(parts)}"


def main() -> int:
    """Exits with 1 on any difference, or when fewer numbers are covered than required."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable", type=Path, help="path of tl-roundtrip")
    add_options(parser)
    options = parser.parse_args()
    samples = list(Encoder(Schema.load(options.schema), options.seed).samples(options.samples))
    outcome = Outcome(numbers=set())
    for sample, answer in zip(samples, run(options.executable, samples), strict=True):
        check(sample, answer, outcome)
    if outcome.failures > SHOWN_FAILURES:
        print(f"... and {outcome.failures - SHOWN_FAILURES} more failures")
    print(f"seed {options.seed}")
    print(outcome.summary)
    if len(outcome.numbers) < REQUIRED_NUMBERS:
        print(f"error: at least {REQUIRED_NUMBERS} distinct numbers must be covered")
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
