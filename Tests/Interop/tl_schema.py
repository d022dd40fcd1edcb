"""Reads a TL schema and encodes plain Python values by it, with the standard library alone.

A TL object is a dictionary whose key ``_`` names the constructor or function; the other keys are the
fields as the schema spells them. A field of type ``true`` is ``True`` or left out, an optional field is
``None`` or left out when it is absent, a ``Bool`` is ``True`` or ``False``.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DEFAULT_SCHEMA = Path(__file__).resolve().parents[2] / "Schema" / "api.tl"

VECTOR_NUMBER = 0x1CB5C415
BOOL_TYPE = "Bool"
BOOL_NUMBERS = {False: 0xBC799737, True: 0x997275B5}
#: Size of big integers, which are written as little-endian two's complement.
BIG_INTEGERS = {"int128": 16, "int256": 32}
BARE_TYPES = {"int", "long", "double", "string", "bytes", "#", "true", *BIG_INTEGERS}

_LINE = re.compile(r"^([\w.]+)#([0-9a-f]{1,8})\s+(.*)=\s*([^=;]+);$")
_CONDITION = re.compile(r"^(\w+)\.(\d+)\?(.+)$")
_VECTOR = re.compile(r"^([Vv])ector<(.+)>$")


class TLError(Exception):
    """A schema or a value that cannot be read or written."""


@dataclass(frozen=True)
class Field:
    """One field of a combinator; ``word`` and ``bit`` are set when it depends on a flag."""

    name: str
    type: str
    word: str | None = None
    bit: int = 0

    @property
    def is_flags_word(self) -> bool:
        """Whether this is a flags word itself, which values never mention."""
        return self.type == "#"

    @property
    def element(self) -> str | None:
        """The type of the elements if this is a vector."""
        match = _VECTOR.match(self.type)
        return match[2] if match else None


@dataclass(frozen=True)
class Combinator:
    """One line of the schema."""

    name: str
    number: int
    fields: tuple[Field, ...]
    result: str
    is_function: bool

    @property
    def flag_groups(self) -> dict[tuple[str, int], list[Field]]:
        """The optional fields by flag; those that share one are present or absent together."""
        groups: dict[tuple[str, int], list[Field]] = {}
        for item in self.fields:
            if item.word is not None:
                groups.setdefault((item.word, item.bit), []).append(item)
        return groups


@dataclass
class Schema:
    """All combinators of a schema, by name, by number and by the type they make."""

    constructors: dict[str, Combinator] = field(default_factory=dict)
    functions: dict[str, Combinator] = field(default_factory=dict)
    by_number: dict[int, Combinator] = field(default_factory=dict)
    by_type: dict[str, list[Combinator]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path = DEFAULT_SCHEMA) -> Schema:
        """Reads a file; a line that is neither a comment nor a combinator is an error."""
        schema, in_functions = cls(), False
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            line = raw.split("//")[0].strip()
            if line in ("---functions---", "---types---"):
                in_functions = line == "---functions---"
            elif line:
                try:
                    schema.add(parse_line(line, in_functions))
                except TLError as error:
                    raise TLError(f"{path}:{number}: {error}") from None
        return schema

    def add(self, combinator: Combinator) -> None:
        """Adds a combinator; names within a kind and numbers over all are unique."""
        table = self.functions if combinator.is_function else self.constructors
        if combinator.name in table or combinator.number in self.by_number:
            raise TLError(f"'{combinator.name}#{combinator.number:08x}' is there already")
        table[combinator.name] = self.by_number[combinator.number] = combinator
        if not combinator.is_function:
            self.by_type.setdefault(combinator.result, []).append(combinator)

    def encode(self, value: dict[str, Any], is_function: bool = False) -> bytes:
        """The boxed bytes of an object: its number, then its fields."""
        table = self.functions if is_function else self.constructors
        combinator = table.get(value["_"])
        if combinator is None:
            raise TLError(f"no combinator is named '{value['_']}'")
        out = bytearray(struct.pack("<I", combinator.number))
        self._encode_fields(combinator, value, out)
        return bytes(out)

    def _encode_fields(self, combinator: Combinator, value: dict[str, Any], out: bytearray) -> None:
        words = _flags_words(combinator, value)
        known = {"_"}
        for item in combinator.fields:
            if item.is_flags_word:
                out += struct.pack("<I", words[item.name])
                continue
            known.add(item.name)
            if item.type == "true" or (item.word is not None and value.get(item.name) is None):
                continue
            if value.get(item.name) is None:
                raise TLError(f"'{combinator.name}' needs a value for '{item.name}'")
            self._encode_type(item.type, value[item.name], out, f"{combinator.name}.{item.name}")
        unknown = value.keys() - known
        if unknown:
            raise TLError(f"'{combinator.name}' has no field '{sorted(unknown)[0]}'")

    def _encode_type(self, type_name: str, value: Any, out: bytearray, where: str) -> None:
        vector = _VECTOR.match(type_name)
        try:
            if vector:
                if vector[1] == "V":
                    out += struct.pack("<I", VECTOR_NUMBER)
                out += struct.pack("<i", len(value))
                for element in value:
                    self._encode_type(vector[2], element, out, where)
            elif type_name == BOOL_TYPE:
                out += struct.pack("<I", BOOL_NUMBERS[value])
            elif type_name in BARE_TYPES:
                out += encode_bare(type_name, value)
            elif type_name.startswith("!"):
                out += self.encode(value, is_function=True)
            else:
                self._check_result(type_name, value, where)
                out += self.encode(value)
        except (struct.error, KeyError, AttributeError, OverflowError) as error:
            raise TLError(f"'{where}' of type '{type_name}' cannot hold {value!r}: {error}") from None

    def _check_result(self, type_name: str, value: dict[str, Any], where: str) -> None:
        made = self.constructors.get(value["_"])
        if made is not None and made.result != type_name:
            raise TLError(f"'{where}' is of type '{type_name}', but '{made.name}' makes '{made.result}'")


def parse_line(line: str, is_function: bool) -> Combinator:
    """Reads one combinator, for instance ``birthday#6c8e1e06 flags:# day:int = Birthday;``."""
    match = _LINE.match(line)
    if match is None:
        raise TLError(f"'{line}' is not a combinator")
    fields = tuple(_parse_field(part) for part in match[3].split() if not part.startswith("{"))
    return Combinator(match[1], int(match[2], 16), fields, match[4].strip(), is_function)


def _parse_field(text: str) -> Field:
    name, colon, type_name = text.partition(":")
    if not colon:
        raise TLError(f"'{text}' is not a field")
    condition = _CONDITION.match(type_name)
    if condition is None:
        return Field(name, type_name)
    return Field(name, condition[3], condition[1], int(condition[2]))


def _flags_words(combinator: Combinator, value: dict[str, Any]) -> dict[str, int]:
    """The flags words, after a check that fields with a common flag agree."""
    words = {item.name: 0 for item in combinator.fields if item.is_flags_word}
    for (word, bit), group in combinator.flag_groups.items():
        present = {_is_present(item, value) for item in group}
        if len(present) > 1:
            names = ", ".join(f"'{item.name}'" for item in group)
            raise TLError(f"'{combinator.name}' must have all of {names} or none of them")
        if present.pop():
            words[word] |= 1 << bit
    return words


def _is_present(item: Field, value: dict[str, Any]) -> bool:
    content = value.get(item.name)
    return bool(content) if item.type == "true" else content is not None


def encode_bare(type_name: str, value: Any) -> bytes:
    """The bytes of a number, a string or bytes."""
    if type_name == "int":
        return struct.pack("<i", value)
    if type_name == "long":
        return struct.pack("<q", value)
    if type_name == "double":
        return struct.pack("<d", value)
    if type_name in BIG_INTEGERS:
        return int(value).to_bytes(BIG_INTEGERS[type_name], "little", signed=True)
    if type_name == "string":
        return encode_bytes(value.encode("utf-8"))
    if type_name == "bytes":
        return encode_bytes(value)
    raise TLError(f"'{type_name}' has no bytes of its own")


def encode_bytes(data: bytes) -> bytes:
    """Length (one byte up to 253, else 254 and three bytes), content, padding to a multiple of four."""
    if len(data) >= 1 << 24:
        raise TLError(f"{len(data)} bytes are too many, the limit is {(1 << 24) - 1}")
    head = bytes([len(data)]) if len(data) < 254 else b"\xfe" + len(data).to_bytes(3, "little")
    return head + data + bytes(-(len(head) + len(data)) % 4)
