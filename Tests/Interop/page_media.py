"""Media of the benchmark page: photos, files, a poll and so on, with random but plausible numbers."""

from __future__ import annotations

import random
from typing import Any

Object = dict[str, Any]

#: Letters of photo sizes with the longest side of each, as the service names them.
PHOTO_SIZES = (("m", 320), ("x", 800))
LARGEST_SIDE = 1280
HOME_DC = 4


def identifier(source: random.Random) -> int:
    """An id of a photo or document: positive and near 5 * 10^18, like real ones."""
    return 5_300_000_000_000_000_000 + source.getrandbits(58)


def access_hash(source: random.Random) -> int:
    """Any 64-bit number."""
    return source.getrandbits(64) - (1 << 63)


def file_reference(source: random.Random) -> bytes:
    """A reference as it comes with media of a channel's message."""
    return b"\x02" + source.randbytes(28)


def stripped_thumb(source: random.Random, shortest: int, longest: int) -> bytes:
    """The head of a stripped JPEG (version, height, width) and something in place of its data."""
    return bytes((1, 30, 40)) + source.randbytes(source.randrange(shortest, longest))


def photo(source: random.Random, date: int) -> Object:
    """A landscape photo with the usual ladder of sizes."""
    ratio = source.choice((9 / 16, 2 / 3, 3 / 4))
    sizes: list[Object] = [{"_": "photoStrippedSize", "type": "i", "bytes": stripped_thumb(source, 240, 420)}]
    for letter, side in PHOTO_SIZES:
        size = side * int(side * ratio) // source.randrange(7, 12)
        sizes.append({"_": "photoSize", "type": letter, "w": side, "h": int(side * ratio), "size": size})
    last = source.randrange(90_000, 260_000)
    sizes.append({
        "_": "photoSizeProgressive", "type": "y", "w": LARGEST_SIDE, "h": int(LARGEST_SIDE * ratio),
        "sizes": [last * part // 100 for part in (9, 22, 41, 58, 100)],
    })
    return {
        "_": "photo", "id": identifier(source), "access_hash": access_hash(source),
        "file_reference": file_reference(source), "date": date, "sizes": sizes, "dc_id": HOME_DC,
    }


def document(source: random.Random, date: int, mime_type: str, size: int, attributes: list[Object],
             thumbs: list[Object] | None = None) -> Object:
    """A document in a message's media."""
    return {
        "_": "document", "id": identifier(source), "access_hash": access_hash(source),
        "file_reference": file_reference(source), "date": date, "mime_type": mime_type, "size": size,
        "thumbs": thumbs, "dc_id": HOME_DC, "attributes": attributes,
    }


def picture_thumbs(source: random.Random, width: int, height: int) -> list[Object]:
    """A stripped thumb and one to download."""
    return [
        {"_": "photoStrippedSize", "type": "i", "bytes": stripped_thumb(source, 180, 320)},
        {"_": "photoSize", "type": "m", "w": width, "h": height, "size": source.randrange(6_000, 19_000)},
    ]


def filename(name: str) -> Object:
    """The attribute with a file's name."""
    return {"_": "documentAttributeFilename", "file_name": name}


def photo_media(source: random.Random, date: int) -> Object:
    """A photo."""
    return {"_": "messageMediaPhoto", "photo": photo(source, date)}


def checklist_media(source: random.Random, date: int) -> Object:
    """A PDF with a thumb."""
    attributes = [filename("Moor night checklist, autumn (v7).pdf")]
    made = document(source, date, "application/pdf", 318_442, attributes, picture_thumbs(source, 226, 320))
    return {"_": "messageMediaDocument", "document": made}


def voice_media(source: random.Random, date: int) -> Object:
    """A voice message with its waveform."""
    audio = {"_": "documentAttributeAudio", "voice": True, "duration": 34, "waveform": source.randbytes(63)}
    made = document(source, date, "audio/ogg", 139_204, [audio])
    return {"_": "messageMediaDocument", "voice": True, "document": made}


def audio_media(source: random.Random, date: int) -> Object:
    """A piece of music."""
    audio = {
        "_": "documentAttributeAudio", "duration": 187, "title": "Low Beams, High Hopes", "performer": "Inês Valadar",
    }
    attributes = [audio, filename("low-beams-high-hopes.mp3")]
    return {"_": "messageMediaDocument", "document": document(source, date, "audio/mpeg", 4_512_007, attributes)}


def video_media(source: random.Random, date: int) -> Object:
    """A streamable video."""
    video = {
        "_": "documentAttributeVideo", "supports_streaming": True, "duration": 23.48, "w": 1920, "h": 1080,
        "preload_prefix_size": 131_072, "video_codec": "h264",
    }
    made = document(source, date, "video/mp4", 18_730_655, [video, filename("pole-star-timelapse.mp4")],
                    picture_thumbs(source, 320, 180))
    return {"_": "messageMediaDocument", "video": True, "document": made}


def gif_media(source: random.Random, date: int) -> Object:
    """A silent looping video."""
    video: Object = {"_": "documentAttributeVideo", "nosound": True, "duration": 2.6, "w": 480, "h": 360}
    attributes = [video, {"_": "documentAttributeAnimated"}, filename("mirror-dance.mp4")]
    made = document(source, date, "video/mp4", 402_118, attributes, picture_thumbs(source, 320, 240))
    return {"_": "messageMediaDocument", "video": True, "document": made}


def sticker_media(source: random.Random, date: int) -> Object:
    """A static sticker with its outline."""
    sticker_set = {"_": "inputStickerSetID", "id": identifier(source), "access_hash": access_hash(source)}
    attributes: list[Object] = [
        {"_": "documentAttributeImageSize", "w": 512, "h": 488},
        {"_": "documentAttributeSticker", "alt": "🔭", "stickerset": sticker_set},
        filename("sticker.webp"),
    ]
    thumbs: list[Object] = [
        {"_": "photoPathSize", "type": "j", "bytes": source.randbytes(source.randrange(120, 200))},
        {"_": "photoSize", "type": "m", "w": 320, "h": 305, "size": 9_340},
    ]
    return {"_": "messageMediaDocument", "document": document(source, date, "image/webp", 31_886, attributes, thumbs)}


def venue_media(source: random.Random, date: int) -> Object:
    """A place on the map."""
    point = {"_": "geoPoint", "long": -2.417_305, "lat": 55.308_441, "access_hash": access_hash(source)}
    return {
        "_": "messageMediaVenue", "geo": point, "title": "Heron Moor, upper car park",
        "address": "Chapel Lane, past the second cattle grid", "provider": "foursquare",
        "venue_id": source.randbytes(12).hex(), "venue_type": "arts_entertainment/planetarium",
    }


def poll_media(source: random.Random, voters: list[int]) -> Object:
    """The vote on the date, a public poll with 41 votes."""
    choices = (("Friday 🌑", 24), ("Saturday", 9), ("Both, I never sleep", 6), ("Cannot come 😢", 2))
    answers = [
        {"_": "pollAnswer", "text": plain_text(text), "option": bytes([place])}
        for place, (text, _) in enumerate(choices)
    ]
    results = [
        {
            "_": "pollAnswerVoters", "chosen": place == 0, "option": bytes([place]), "voters": votes,
            "recent_voters": [user(source.choice(voters)) for _ in range(min(3, votes))],
        }
        for place, (_, votes) in enumerate(choices)
    ]
    poll = {
        "_": "poll", "id": identifier(source), "public_voters": True, "answers": answers,
        "question": plain_text("Which night do we go up to Heron Moor?"), "hash": access_hash(source),
    }
    outcome = {
        "_": "pollResults", "results": results, "total_voters": sum(votes for _, votes in choices),
        "recent_voters": [user(voter) for voter in voters[:3]],
    }
    return {"_": "messageMediaPoll", "poll": poll, "results": outcome}


#: Pages behind links: address, name of the site, title, description, whether there is a picture.
WEB_PAGES = {
    "ardley": (
        "https://northlight.example.org/comets/ardley", "Northlight", "Comet Ardley: finder charts and magnitudes",
        "Where to look, when to get up and what to expect in binoculars, in a small telescope and on a photograph. "
        "Charts for every third night, updated as observations come in.", True,
    ),
    "magnitudes": (
        "https://sketchbook.example.net/comet-magnitudes", "Sketchbook of the Sky", "Как оценить блеск кометы на глаз",
        "Три способа оценки, таблица поправок за высоту над горизонтом и десять примеров с разбором ошибок.", True,
    ),
    "sensor": (
        "https://northlight.example.org/wiki/cloud-sensor", "Northlight", "Cloud sensor notes",
        "Parts, wiring, a drawing of the case and the program. Builds in an afternoon, survives sheep.", False,
    ),
}


def web_page_media(source: random.Random, date: int, key: str) -> Object:
    """The preview of a link."""
    url, site, title, description, has_picture = WEB_PAGES[key]
    page = {
        "_": "webPage", "has_large_media": has_picture, "id": identifier(source), "url": url,
        "display_url": url.removeprefix("https://"), "hash": 0, "type": "article", "site_name": site, "title": title,
        "description": description, "photo": photo(source, date) if has_picture else None,
    }
    return {"_": "messageMediaWebPage", "webpage": page}


def media(kind: str, source: random.Random, date: int, voters: list[int]) -> Object:
    """The media that a post asks for, such as ``photo`` or ``webpage:ardley``."""
    name, _, detail = kind.partition(":")
    if name == "poll":
        return poll_media(source, voters)
    if name == "webpage":
        return web_page_media(source, date, detail)
    makers = {
        "photo": photo_media, "file": checklist_media, "voice": voice_media, "audio": audio_media,
        "video": video_media, "gif": gif_media, "sticker": sticker_media, "venue": venue_media,
    }
    return makers[name](source, date)


def plain_text(text: str) -> Object:
    """A text without entities, where the schema wants both."""
    return {"_": "textWithEntities", "text": text, "entities": []}


def user(user_id: int) -> Object:
    """The peer of a user."""
    return {"_": "peerUser", "user_id": user_id}
