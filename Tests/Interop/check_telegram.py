"""Lets Telethon, a client that this project did not write, live in the small Telegram of the test server.

Usage: check_telegram.py PATH-OF-INTEROP-SERVER

It signs in with a code, a password, a QR code and a bot's token, writes to this project's client and is written to, and opens
sessions that the other has made, both ways. Anything that Telethon logs at warning level or above fails the check.
"""

import asyncio
import base64
import logging
import sys

from harness import Complaints, Server, require
from telethon import errors, events
from telethon.sessions import StringSession

PHONE, PASSWORD = "12025550101", "correct-horse"
OTHER_PHONE = "12025550102"


async def check_code_and_password(server):
    await server.tell(f"user {PHONE} ann_test {PASSWORD}")
    client = server.client()
    await client.connect()
    require(not await client.is_user_authorized(), "somebody is signed in from the start")
    await client.send_code_request(PHONE)
    try:
        await client.sign_in(PHONE, "00000")
        raise AssertionError("a wrong code was accepted")
    except errors.PhoneCodeInvalidError:
        pass
    code = (await server.tell(f"code {PHONE}"))["code"]
    try:
        await client.sign_in(PHONE, code)
        raise AssertionError("the password was not asked for")
    except errors.SessionPasswordNeededError:
        pass
    try:
        await client.sign_in(password="guess")
        raise AssertionError("a wrong password was accepted")
    except errors.PasswordHashInvalidError:
        pass
    me = await client.sign_in(password=PASSWORD)
    require(me.username == "ann_test", f"signed in as {me.username}")
    require((await client.get_me()).phone == PHONE, "another phone number")
    return client


async def check_bot(server):
    token = (await server.tell("bot echo_test_bot"))["token"]
    client = server.client()
    await client.start(bot_token=token)
    require(await client.is_bot(), "the bot is none")
    return client


async def next_message(client):
    got = asyncio.get_running_loop().create_future()

    async def handler(event):
        if not got.done():
            got.set_result(event.raw_text)

    client.add_event_handler(handler, events.NewMessage(incoming=True))
    return got, handler


async def check_messages(server, ann, bot):
    """Between two of Telethon's clients, and between each of them and ours."""
    got, handler = await next_message(bot)
    await ann.send_message("echo_test_bot", "from Telethon to Telethon")
    require(await asyncio.wait_for(got, 10) == "from Telethon to Telethon", "another text")
    bot.remove_event_handler(handler)

    await server.tell(f"user {OTHER_PHONE} ben_test")
    joined = await server.tell("join ben_test")
    require("error" not in joined, joined)
    sent = await ann.send_message("ben_test", "from Telethon to Swift")
    require(sent.id > 0 and sent.out, "the sent message is none")
    heard = await server.tell("heard ben_test")
    require(heard.get("text") == "from Telethon to Swift", f"our client heard {heard}")

    got, handler = await next_message(ann)
    said = await server.tell("say ben_test ann_test from Swift to Telethon")
    require("error" not in said, said)
    require(await asyncio.wait_for(got, 10) == "from Swift to Telethon", "another text")
    ann.remove_event_handler(handler)

    texts = [message.text async for message in ann.iter_messages("ben_test")]
    require(texts == ["from Swift to Telethon", "from Telethon to Swift"], f"the history is {texts}")
    names = [dialog.name async for dialog in ann.iter_dialogs()]
    require({"ben_test", "echo_test_bot"} <= set(names), f"the dialogs are {names}")


async def check_qr_code(server):
    client = server.client()
    await client.connect()
    login = await client.qr_login()
    waiting = asyncio.ensure_future(login.wait(timeout=20))
    # The handler is installed when the task first runs.
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    answer = await server.tell("accept ben_test " + base64.b64encode(login.token).decode())
    require("error" not in answer, answer)
    me = await waiting
    require(me.username == "ben_test", f"signed in as {me.username}")
    await client.disconnect()


async def check_session_strings(server, ann):
    written = StringSession.save(ann.session)
    opened = await server.tell(f"open {written}")
    require(opened.get("id") == (await ann.get_me()).id, f"our client is {opened} with Telethon's session")

    joined = await server.tell(f"join ann_test {PASSWORD}")
    require("error" not in joined, joined)
    client = server.client(session=StringSession(joined["string"]))
    await client.connect()
    require((await client.get_me()).id == joined["id"], "Telethon is somebody else with our session")
    await client.disconnect()


async def main(path):
    complaints = Complaints()
    logging.getLogger("telethon").addHandler(complaints)
    logging.getLogger("asyncio").addHandler(complaints)

    def done(what):
        lines = complaints.take()
        require(lines == [], f"complaints: {what}: {lines}")
        print(f"ok: {what}")

    async with Server(path) as server:
        ann = await check_code_and_password(server)
        done("code and password")
        bot = await check_bot(server)
        done("bot")
        await check_messages(server, ann, bot)
        done("messages, both ways")
        await check_qr_code(server)
        done("QR code")
        await check_session_strings(server, ann)
        done("session strings, both ways")
        await ann.log_out()
        done("log out")
        await bot.disconnect()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    asyncio.run(asyncio.wait_for(main(sys.argv[1]), 180))
