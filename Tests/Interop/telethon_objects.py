"""Builds and reads Telethon's objects from and to the plain values of ``tl_schema``."""

from __future__ import annotations

import inspect
import sys
from datetime import datetime, timezone
from typing import Any

from tl_schema import Combinator, Schema

try:
    from telethon.extensions import BinaryReader
    from telethon.tl import TLObject, alltlobjects
except ImportError as missing:
    sys.exit(
        f"error: Telethon cannot be imported ({missing}); these scripts need it as the other side. Try:\n"
        "  python3 -m venv .venv && .venv/bin/pip install -r Tests/Interop/requirements.txt\n"
        "and run this script with .venv/bin/python."
    )

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def generated_classes() -> dict[int, type]:
    """Telethon's classes by number, as its generator wrote them.

    Three of them ('message', 'messageEmpty', 'messageService') it replaces with friendly subclasses that
    drop some values, so the plain ones are put back; this lasts as long as the process.
    """
    table: dict[int, type] = alltlobjects.tlobjects
    for number, made in table.items():
        if made.__module__.startswith("telethon.tl.patched"):
            table[number] = made.__bases__[-1]
    return table


class Builder:
    """Makes Telethon objects of plain values."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.classes = generated_classes()
        self._names: dict[int, dict[str, str]] = {}

    def build(self, value: dict[str, Any], is_function: bool = False) -> Any:
        """The object for a value; raises ``KeyError`` when Telethon lacks the number or the field."""
        table = self.schema.functions if is_function else self.schema.constructors
        combinator = table[value["_"]]
        names = self._parameter_names(combinator)
        arguments = {
            names[item.name]: self._argument(item.type, value.get(item.name))
            for item in combinator.fields
            if not item.is_flags_word
        }
        return self.classes[combinator.number](**arguments)

    def _argument(self, type_name: str, value: Any) -> Any:
        if value is None:
            return False if type_name == "true" else None
        if isinstance(value, list):
            return [self._argument("", element) for element in value]
        if isinstance(value, dict):
            return self.build(value, is_function=type_name.startswith("!"))
        return value

    def _parameter_names(self, combinator: Combinator) -> dict[str, str]:
        """Names of fields to names of parameters: Telethon renames 'from' and 'self'."""
        known = self._names.get(combinator.number)
        if known is None:
            made = self.classes[combinator.number]
            parameters = set(inspect.signature(made).parameters)
            known = {}
            for item in combinator.fields:
                if not item.is_flags_word:
                    choices = (item.name, f"{item.name}_", f"is_{item.name}")
                    known[item.name] = next((name for name in choices if name in parameters), "")
                    if not known[item.name]:
                        raise KeyError(f"{made.__name__} has no parameter for '{item.name}'")
            self._names[combinator.number] = known
        return known


def read_object(data: bytes) -> Any:
    """The object in a buffer, which must be used up to its last byte."""
    reader = BinaryReader(data)
    made = reader.tgread_object()
    if reader.tell_position() != len(data):
        raise ValueError(f"{len(data) - reader.tell_position()} bytes were left over")
    return made


def comparable(value: Any) -> Any:
    """``to_dict()`` of an object in a form in which equal contents are equal.

    Dates become seconds, and doubles text, so that NaN equals itself. Absent and false values are left out:
    Telethon's schema may be newer and have flags that only the object it has read mentions.
    """
    if isinstance(value, TLObject):
        return comparable(value.to_dict())
    if isinstance(value, dict):
        return {key: comparable(item) for key, item in value.items() if item is not None and item is not False}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, datetime):
        elapsed = value - _EPOCH
        return elapsed.days * 86_400 + elapsed.seconds
    return repr(value) if isinstance(value, float) else value


def first_difference(left: Any, right: Any, path: str = "") -> str | None:
    """Where two comparable values part, such as ``.media.photo.sizes[1].w: 90 is not 91``."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted(left.keys() | right.keys()):
            found = first_difference(left.get(key), right.get(key), f"{path}.{key}")
            if found:
                return found
        return None
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for place, (one, other) in enumerate(zip(left, right, strict=True)):
            found = first_difference(one, other, f"{path}[{place}]")
            if found:
                return found
        return None
    return None if left == right else f"{path}: {left!r:.60} is not {right!r:.60}"
