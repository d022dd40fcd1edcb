#!/usr/bin/env python3
"""Makes Tests/Fixtures/messages-page.bin: one 'messages.channelMessages' with the last 100 messages of a club.

The bytes come from the schema alone and are the same on every run. With ``--verify``, Telethon reads the
page and writes it again; both must agree with what was made.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import page_media
import text_markup
from club_chat import (
    BULLETIN_TITLE,
    BULLETIN_USERNAME,
    GROUP_TITLE,
    GROUP_USERNAME,
    MEMBERS,
    POSTS,
    Member,
    Post,
)
from page_media import Object
from tl_schema import DEFAULT_SCHEMA, Schema

DEFAULT_OUTPUT = Path(__file__).resolve().parents[1] / "Fixtures" / "messages-page.bin"
SEED = 1610
MESSAGES = 100
FIRST_DATE = 1_788_891_600
FIRST_ID = 48_211
FIRST_BULLETIN_ID = 903
FOUNDED = 1_583_020_800
GROUP_ID = 1_694_207_735
BULLETIN_ID = 1_377_512_048
BULLETIN_KEY = "bulletin"
#: How many people a message names who reacted last.
RECENT_REACTIONS = 3
RECENT_REPLIERS = 3


class Page:
    """The page in the making."""

    def __init__(self, seed: int) -> None:
        self.source = random.Random(seed)
        self.people = {member.key: member.user_id for member in MEMBERS}
        self.voters = [member.user_id for member in MEMBERS if not member.is_bot]
        self.members = {member.key: member for member in MEMBERS}
        self.date = FIRST_DATE
        self.bulletins = 0
        self.group_of_album = 0

    def build(self) -> Object:
        """The whole page, newest message first, as the service sends it."""
        messages = [self.message(place, post) for place, post in enumerate(POSTS)]
        return {
            "_": "messages.channelMessages", "pts": 131_904, "count": 21_577, "messages": messages[::-1],
            "topics": [], "chats": [self.group(), self.bulletin()], "users": [self.user(member) for member in MEMBERS],
        }

    def message(self, place: int, post: Post) -> Object:
        """One message or service message."""
        self.date += 60 * post.minutes + self.source.randrange(40)
        common: Object = {
            "id": FIRST_ID + place, "peer_id": _channel(GROUP_ID), "date": self.date,
            "from_id": self.sender(post), "out": post.sender in self.members and self.members[post.sender].is_self,
        }
        if post.reply:
            common["reply_to"] = self.reply_header(place, post)
        if post.action:
            return {"_": "messageService", **common, **self.action(place, post)}
        text, entities = text_markup.parse(post.text, self.people)
        made: Object = {"_": "message", **common, "message": text, "entities": entities or None}
        if post.media:
            made["media"] = page_media.media(post.media, self.source, self.date, self.voters)
        if post.media.startswith("photo"):
            made["grouped_id"] = self.album(place, post)
        if post.reactions:
            made["reactions"] = self.reactions(post.reactions)
        answers = [other for later, other in enumerate(POSTS) if other.reply and later - other.reply == place]
        if answers:
            made["replies"] = self.replies(len(answers))
        if post.edited:
            made["edit_date"] = self.date + 240
        if post.sender == BULLETIN_KEY:
            made |= self.forward_of_bulletin()
        elif self.members[post.sender].rank:
            made["from_rank"] = self.members[post.sender].rank
        made["pinned"] = place + 1 < len(POSTS) and POSTS[place + 1].action == "pin"
        return made

    def sender(self, post: Post) -> Object:
        """Who wrote it; posts of the channel come in its own name."""
        return _channel(BULLETIN_ID) if post.sender == BULLETIN_KEY else page_media.user(self.people[post.sender])

    def album(self, place: int, post: Post) -> int | None:
        """One number for a photo and those that follow in the same album."""
        starts = place + 1 < len(POSTS) and bool(POSTS[place + 1].album)
        if starts:
            self.group_of_album = 14_000_000_000_000_000 + self.source.getrandbits(48)
        return self.group_of_album if starts or post.album else None

    def reply_header(self, place: int, post: Post) -> Object:
        """What it answers; answers to answers also name the start of their thread."""
        header: Object = {"_": "messageReplyHeader", "reply_to_msg_id": FIRST_ID + place - post.reply}
        top = place - post.reply
        while POSTS[top].reply:
            top -= POSTS[top].reply
        if top != place - post.reply:
            header["reply_to_top_id"] = FIRST_ID + top
        if post.quote:
            answered, _ = text_markup.parse(POSTS[place - post.reply].text, self.people)
            offset = text_markup.utf16_length(answered[:answered.index(post.quote)])
            header |= {"quote": True, "quote_text": post.quote, "quote_offset": offset or None}
        return header

    def action(self, place: int, post: Post) -> Object:
        """The service message of a post."""
        if post.action == "joined":
            return {"action": {"_": "messageActionChatJoinedByLink", "inviter_id": self.people["marta"]}}
        return {"action": {"_": "messageActionPinMessage"}}

    def forward_of_bulletin(self) -> Object:
        """What a post of the linked channel carries in the discussion group."""
        self.bulletins += 1
        post_id = FIRST_BULLETIN_ID + self.bulletins
        forward = {
            "_": "messageFwdHeader", "from_id": _channel(BULLETIN_ID), "date": self.date - 3, "channel_post": post_id,
            "post_author": "Marta Quillen", "saved_from_peer": _channel(BULLETIN_ID), "saved_from_msg_id": post_id,
        }
        repliers = [page_media.user(self.source.choice(self.voters)) for _ in range(RECENT_REPLIERS)]
        replies = {
            "_": "messageReplies", "replies": self.source.randrange(3, 9),
            "replies_pts": 131_000 + self.source.randrange(900), "recent_repliers": repliers,
            "max_id": FIRST_ID + MESSAGES - 1,
        }
        views = self.source.randrange(700, 1_900)
        return {"fwd_from": forward, "views": views, "forwards": views // 60, "replies": replies}

    def replies(self, count: int) -> Object:
        """How often a message of the group was answered."""
        return {"_": "messageReplies", "replies": count, "replies_pts": 131_000 + self.source.randrange(900)}

    def reactions(self, text: str) -> Object:
        """Counts such as ``👍11 🔭4``, and some of the people behind them."""
        results: list[Object] = []
        recent: list[Object] = []
        for place, part in enumerate(text.split()):
            emoji = part.rstrip("0123456789")
            reaction = {"_": "reactionEmoji", "emoticon": emoji}
            chosen = 0 if place == 0 and self.source.randrange(4) == 0 else None
            results.append({
                "_": "reactionCount", "chosen_order": chosen, "reaction": reaction, "count": int(part[len(emoji):]),
            })
            recent.append({
                "_": "messagePeerReaction", "peer_id": page_media.user(self.source.choice(self.voters)),
                "date": self.date + self.source.randrange(30, 7_000), "reaction": reaction,
            })
        while len(recent) < min(RECENT_REACTIONS, sum(item["count"] for item in results)):
            peer = page_media.user(self.source.choice(self.voters))
            recent.append(recent[0] | {"peer_id": peer, "date": self.date + self.source.randrange(30, 7_000)})
        return {"_": "messageReactions", "can_see_list": True, "results": results, "recent_reactions": recent}

    def user(self, member: Member) -> Object:
        """A member as they come with the page."""
        made: Object = {
            "_": "user", "self": member.is_self, "id": member.user_id,
            "access_hash": page_media.access_hash(self.source), "first_name": member.first_name, "last_name": member.last_name, "username": member.username,
            "premium": member.is_premium, "bot": member.is_bot, "photo": self.profile_photo("userProfilePhoto"),
            "bot_info_version": 12 if member.is_bot else None,
            "status": None if member.is_bot else self.status(),
        }
        if member.is_premium:
            until = self.date + 86_400 if member.key == "marta" else None
            identifier = page_media.identifier(self.source)
            made["emoji_status"] = {"_": "emojiStatus", "document_id": identifier, "until": until}
            made["color"] = {"_": "peerColor", "color": self.source.randrange(14)}
        return made

    def status(self) -> Object:
        """When somebody was last seen."""
        kind = self.source.randrange(4)
        if kind == 0:
            return {"_": "userStatusOnline", "expires": self.date + self.source.randrange(60, 300)}
        if kind == 1:
            return {"_": "userStatusRecently"}
        return {"_": "userStatusOffline", "was_online": self.date - self.source.randrange(60, 90_000)}

    def profile_photo(self, kind: str) -> Object:
        """The small photo of a user or a chat."""
        thumb = page_media.stripped_thumb(self.source, 110, 190)
        photo_id = page_media.identifier(self.source)
        return {"_": kind, "photo_id": photo_id, "stripped_thumb": thumb, "dc_id": page_media.HOME_DC}

    def group(self) -> Object:
        """The club's group, in which the reader is an ordinary member."""
        banned = {
            "_": "chatBannedRights", "change_info": True, "pin_messages": True, "manage_topics": True,
            "until_date": 2_147_483_647,
        }
        return {
            "_": "channel", "id": GROUP_ID, "access_hash": page_media.access_hash(self.source), "megagroup": True,
            "has_link": True, "title": GROUP_TITLE, "username": GROUP_USERNAME,
            "photo": self.profile_photo("chatPhoto"), "date": FOUNDED, "default_banned_rights": banned, "participants_count": 214,
        }

    def bulletin(self) -> Object:
        """The club's channel."""
        return {
            "_": "channel", "id": BULLETIN_ID, "access_hash": page_media.access_hash(self.source), "broadcast": True,
            "has_link": True, "signatures": True, "title": BULLETIN_TITLE, "username": BULLETIN_USERNAME,
            "photo": self.profile_photo("chatPhoto"), "date": FOUNDED - 7_200, "participants_count": 1_968,
            "color": {"_": "peerColor", "color": 5}, "level": 3,
        }


def _channel(channel_id: int) -> Object:
    return {"_": "peerChannel", "channel_id": channel_id}


def describe(page: Object, size: int) -> str:
    """What is in the page, in a few lines."""
    messages = page["messages"]
    texts = [message["message"].encode("utf-8") for message in messages if message.get("message")]
    entities = Counter(item["_"] for message in messages for item in message.get("entities") or [])
    media = Counter(message["media"]["_"] for message in messages if message.get("media"))
    kinds = Counter(message["_"] for message in messages)
    with_fields = {
        name: sum(1 for message in messages if message.get(name) is not None)
        for name in ("reply_to", "reactions", "entities", "media", "views", "edit_date", "grouped_id")
    }
    return "\n".join((
        f"{size} bytes: {_list(kinds)}, {len(page['users'])} users, {len(page['chats'])} chats",
        f"texts: {len(texts)} of {sum(map(len, texts)) // len(texts)} bytes on average",
        f"messages with: {_list(with_fields)}",
        f"entities: {_list(entities)}",
        f"media: {_list(media)}",
    ))


def _list(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def verify(page: Object, data: bytes, schema: Schema) -> None:
    """Stops unless Telethon builds the same bytes, reads them, and reads what the page says."""
    from telethon_objects import Builder, comparable, first_difference, read_object

    built: Any = Builder(schema).build(page)
    if bytes(built) != data:
        sys.exit("error: Telethon writes other bytes for this page")
    difference = first_difference(comparable(built), comparable(read_object(data)))
    if difference:
        sys.exit(f"error: Telethon reads another page, {difference}")
    print("verified: Telethon writes the same bytes and reads the same page")


def main() -> int:
    """Writes the page, or with ``--check`` compares it with the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schema", type=Path, default=DEFAULT_SCHEMA, help="the schema (default: Schema/api.tl)")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="the file to write or to check")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the file differs")
    parser.add_argument("--verify", action="store_true", help="let Telethon write and read the page too")
    options = parser.parse_args()
    schema = Schema.load(options.schema)
    page = Page(SEED).build()
    if len(page["messages"]) != MESSAGES:
        sys.exit(f"error: the page has {len(page['messages'])} messages, it must have {MESSAGES}")
    data = schema.encode(page)
    print(describe(page, len(data)))
    if options.verify:
        verify(page, data, schema)
    if not options.check:
        options.output.write_bytes(data)
    elif not options.output.is_file() or options.output.read_bytes() != data:
        sys.exit(f"error: '{options.output}' is not what this script makes, run it without --check")
    return 0


if __name__ == "__main__":
    sys.exit(main())
