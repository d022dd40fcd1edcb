"""Turns a light markup into a text and its entities, whose offsets count UTF-16 units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(
    r"```(?P<language>\w*)\n(?P<pre>.*?)\n```"
    r"|\*\*(?P<Bold>.+?)\*\*"
    r"|__(?P<Italic>.+?)__"
    r"|\|\|(?P<Spoiler>.+?)\|\|"
    r"|`(?P<Code>[^`\n]+)`"
    r"|\[(?P<label>[^\]]+)\]\((?P<target>[^)]+)\)"
    r"|\{(?P<person>[^|}]+)\|(?P<key>\w+)\}"
    r"|(?P<Url>https://[^\s)]+)"
    r"|(?P<Mention>@\w+)"
    r"|(?P<Hashtag>#\w+)"
    r"|(?P<BotCommand>(?<!\S)/[a-z]+)",
    re.DOTALL,
)
_PLAIN_KINDS = ("Bold", "Italic", "Spoiler", "Code", "Url", "Mention", "Hashtag", "BotCommand")


def parse(markup: str, people: Mapping[str, int]) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and the entities in it; ``people`` maps keys of members to their user ids."""
    text, entities, position = "", [], 0
    for match in _TOKEN.finditer(markup):
        text += markup[position:match.start()]
        content, entity = _entity(match, people)
        entities.append(entity | {"offset": utf16_length(text), "length": utf16_length(content)})
        text += content
        position = match.end()
    return text + markup[position:], entities


def _entity(match: re.Match[str], people: Mapping[str, int]) -> tuple[str, dict[str, Any]]:
    if match["pre"] is not None:
        return match["pre"], {"_": "messageEntityPre", "language": match["language"]}
    if match["label"] is not None:
        return match["label"], {"_": "messageEntityTextUrl", "url": match["target"]}
    if match["person"] is not None:
        return match["person"], {"_": "messageEntityMentionName", "user_id": people[match["key"]]}
    kind = next(name for name in _PLAIN_KINDS if match[name] is not None)
    return match[kind], {"_": f"messageEntity{kind}"}


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text has, which is how Telegram counts."""
    return len(text.encode("utf-16-le")) // 2
