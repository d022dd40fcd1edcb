"""Random values by a schema, the same for the same seed on every machine."""

from __future__ import annotations

import random
from collections.abc import Callable, Container
from typing import Any

from tl_schema import BIG_INTEGERS, BOOL_TYPE, Combinator, Field, Schema

#: Lengths at which the form or the padding of a string changes, beside plain random ones.
EDGE_LENGTHS = (0, 1, 2, 3, 4, 5, 7, 8, 251, 252, 253, 254, 255, 256, 257, 300)
EDGE_DOUBLES = (0.0, -0.0, 1.0, -1.5, 5e-324, 1.7976931348623157e308, float("inf"), float("-inf"), float("nan"))
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz 0123456789.,:/?&=-_\n\t\"\\'<>",
    "Ünïcödé ßåøñçžłőğ",
    "Привіт, мир! Ёжик",
    "日本語漢字かな한국어",
    "שלום مرحبا",
    "🔭🌌🪐✨👩\u200d🚀🇪🇪e\u0301\u0000",
)
#: Fields that the other library writes as unsigned, so that a negative number has no bytes there.
UNSIGNED_FIELDS = {("channels.getMessageAuthor", "id")}
MAX_DEPTH = 5
#: Objects of one sample, about; beyond it every further object is as small as its type allows.
MAX_OBJECTS = 40


class RandomValues:
    """Makes random values of combinators, nesting only those whose numbers are allowed."""

    def __init__(self, schema: Schema, allowed: Container[int], seed: int) -> None:
        self.schema = schema
        self.seed = seed
        self._heights: dict[str, int] = {}
        self._constructors = {
            name: [item for item in made if item.number in allowed]
            for name, made in schema.by_type.items()
        }
        self._functions = [item for item in schema.functions.values() if item.number in allowed]
        self._measure_heights()

    def can_make(self, combinator: Combinator) -> bool:
        """Whether every required field has a type with an allowed constructor."""
        return self._height(combinator) is not None

    def missing_types(self, combinator: Combinator) -> list[str]:
        """The types of required fields that no allowed constructor makes."""
        return [item.type for item in _required(combinator) if self._type_height(item.type) is None]

    def sample(self, combinator: Combinator, index: int) -> dict[str, Any]:
        """Sample 0 has all optional fields that can be made, sample 1 none, later ones a random part."""
        source = random.Random(f"{self.seed}:{combinator.name}:{combinator.number}:{index}")
        presence: Callable[[], bool] = (
            (lambda: True) if index == 0 else (lambda: False) if index == 1 else (lambda: source.random() < 0.5)
        )
        return _Sample(self, source).object(combinator, presence, depth=0)

    def constructors(self, type_name: str) -> list[Combinator]:
        """The constructors of a type that can be made, in the order of the schema."""
        made = self._constructors.get(type_name, [])
        return [item for item in made if self._height(item) is not None]

    def lowest(self, type_name: str) -> Combinator:
        """The constructor of a type that needs the least nesting."""
        return min(self.constructors(type_name), key=lambda item: self._height(item) or 0)

    def functions(self, plain: bool) -> list[Combinator]:
        """The functions that can be made; with ``plain``, those without fields."""
        return [
            item
            for item in self._functions
            if self._height(item) is not None and not (plain and item.fields)
        ]

    def can_make_type(self, type_name: str) -> bool:
        """Whether a value of a type can be made; an empty vector always can."""
        return self._type_height(type_name) is not None

    def _measure_heights(self) -> None:
        """Finds the least nesting of every type; types left without one cannot be made."""
        changed = True
        while changed:
            changed = False
            for name, made in self._constructors.items():
                heights = [height for item in made if (height := self._height(item)) is not None]
                if heights and self._heights.get(name, 1 << 30) > min(heights):
                    self._heights[name] = min(heights)
                    changed = True

    def _height(self, combinator: Combinator) -> int | None:
        below = [self._type_height(item.type) for item in _required(combinator)]
        if any(height is None for height in below):
            return None
        return 1 + max((height or 0 for height in below), default=0)

    def _type_height(self, type_name: str) -> int | None:
        if type_name == BOOL_TYPE or type_name[0] in "!#" or "ector<" in type_name:
            return 0
        is_object = type_name in self.schema.by_type
        return self._heights.get(type_name) if is_object else 0


class _Sample:
    """One value in the making: its source of randomness and how many objects it has."""

    def __init__(self, values: RandomValues, source: random.Random) -> None:
        self.values = values
        self.source = source
        self.objects = 0

    def object(self, combinator: Combinator, presence: Callable[[], bool], depth: int) -> dict[str, Any]:
        """A value of a combinator; ``presence`` decides for each group of optional fields."""
        self.objects += 1
        present = {
            flag: self._makes(group) and presence() for flag, group in combinator.flag_groups.items()
        }
        value: dict[str, Any] = {"_": combinator.name}
        for item in combinator.fields:
            if item.is_flags_word or (item.word is not None and not present[item.word, item.bit]):
                continue
            content = self._field(item, depth)
            value[item.name] = abs(content) >> 1 if (combinator.name, item.name) in UNSIGNED_FIELDS else content
        return value

    def _makes(self, group: list[Field]) -> bool:
        return all(self.values.can_make_type(item.type) for item in group)

    def _field(self, item: Field, depth: int) -> Any:
        # The other library takes an optional 'false' for an absent field.
        if item.type == "true" or (item.word is not None and item.type == BOOL_TYPE):
            return True
        return self._value(item.type, item.element, depth)

    def _value(self, type_name: str, element: str | None, depth: int) -> Any:
        if element is not None:
            return self._vector(element, depth)
        if type_name in self.values.schema.by_type and type_name != BOOL_TYPE:
            return self._nested(type_name, depth)
        if type_name.startswith("!"):
            choices = self.values.functions(plain=self._is_full(depth) or depth > 1)
            return self.object(self.source.choice(choices), self._coin, depth + 1)
        return self._bare(type_name)

    def _nested(self, type_name: str, depth: int) -> dict[str, Any]:
        if self._is_full(depth):
            return self.object(self.values.lowest(type_name), lambda: False, depth + 1)
        return self.object(self.source.choice(self.values.constructors(type_name)), self._coin, depth + 1)

    def _vector(self, element: str, depth: int) -> list[Any]:
        is_object = element in self.values.schema.by_type
        if is_object and (self._is_full(depth) or not self.values.can_make_type(element)):
            return []
        return [self._value(element, None, depth) for _ in range(self.source.randrange(4))]

    def _bare(self, type_name: str) -> Any:
        if type_name == BOOL_TYPE:
            return self._coin()
        if type_name == "int":
            return self._integer(32)
        if type_name == "long":
            return self._integer(64)
        if type_name in BIG_INTEGERS:
            return self._integer(8 * BIG_INTEGERS[type_name])
        if type_name == "double":
            return self.source.choice(EDGE_DOUBLES) if self._coin() else self.source.uniform(-1e9, 1e9)
        if type_name == "bytes":
            return self.source.randbytes(self._length())
        return self._string(self._length())

    def _integer(self, bits: int) -> int:
        if self.source.random() < 0.25:
            return self.source.choice((0, 1, -1, 255, 1 << (bits - 2), -(1 << (bits - 1)), (1 << (bits - 1)) - 1))
        return self.source.getrandbits(bits) - (1 << (bits - 1))

    def _length(self) -> int:
        chance = self.source.random()
        if chance < 0.001:
            return self.source.choice((65_535, 65_536, 70_001))
        if chance < 0.01:
            return self.source.randrange(301, 5_000)
        if chance < 0.3:
            return self.source.choice(EDGE_LENGTHS)
        return self.source.randrange(60) if chance < 0.9 else self.source.randrange(301)

    def _string(self, length: int) -> str:
        """A string of at most ``length`` bytes in UTF-8, of exactly so many if ASCII."""
        alphabet = self.source.choice(ALPHABETS[:1] if self._coin() else ALPHABETS)
        parts, left = [], length
        while left > 0:
            character = self.source.choice(alphabet)
            left -= len(character.encode("utf-8"))
            if left >= 0:
                parts.append(character)
        return "".join(parts)

    def _coin(self) -> bool:
        return self.source.random() < 0.5

    def _is_full(self, depth: int) -> bool:
        return depth >= MAX_DEPTH or self.objects >= MAX_OBJECTS


def _required(combinator: Combinator) -> list[Field]:
    return [item for item in combinator.fields if item.word is None and not item.is_flags_word]
