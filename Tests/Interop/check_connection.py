"""Connects Telethon, a client that this project did not write, to the test server.

Usage: check_connection.py PATH-OF-INTEROP-SERVER

Telethon's own log is the judge: anything at warning level or above fails the check, except the one line that is expected
when the server drops a connection on purpose.
"""

import asyncio
import logging
import sys
import warnings

from harness import Complaints, Server, require
from telethon import errors, events
from telethon.network import connection as transports
from telethon.tl import functions, types

TRANSPORTS = {
    "full": transports.ConnectionTcpFull,
    "abridged": transports.ConnectionTcpAbridged,
    "intermediate": transports.ConnectionTcpIntermediate,
    "obfuscated": transports.ConnectionTcpObfuscated,
}
PROXY_TRANSPORTS = {
    "MTProxy, abridged": (transports.ConnectionTcpMTProxyAbridged, ""),
    "MTProxy, intermediate": (transports.ConnectionTcpMTProxyIntermediate, ""),
    "MTProxy, padded": (transports.ConnectionTcpMTProxyRandomizedIntermediate, "dd"),
}
REQUESTS_AT_ONCE = 1000


async def check_config(server, client):
    config = await client(functions.help.GetConfigRequest())
    addresses = {(option.id, option.port) for option in config.dc_options}
    require((server.facts["dc"], server.facts["port"]) in addresses, f"config names other addresses: {addresses}")


async def check_transports(server):
    for name, transport in TRANSPORTS.items():
        client = server.client(transport)
        await client.connect()
        await check_config(server, client)
        await client.disconnect()
        yield name
    secret = server.facts["proxySecret"]
    for name, (transport, prefix) in PROXY_TRANSPORTS.items():
        client = server.client(transport, ("127.0.0.1", server.facts["proxyPort"], prefix + secret))
        await client.connect()
        await check_config(server, client)
        await client.disconnect()
        yield name


async def check_salt_changes(server, client):
    for _ in range(5):
        await server.tell("salt")
        await check_config(server, client)


async def check_bad_time(server, client):
    for offset in (7200, -7200, 400_000):
        client._sender._state.time_offset += offset
        client._sender._state._last_msg_id = 0
        await check_config(server, client)


async def check_pushes(server, client):
    got = asyncio.get_running_loop().create_future()

    @client.on(events.Raw(types.UpdateUserStatus))
    async def handler(update):
        if not got.done():
            got.set_result(update.user_id)

    await server.tell("push 4242")
    require(await asyncio.wait_for(got, 10) == 4242, "the pushed update is another one")


async def check_many_requests(server, client):
    before = (await server.tell("stats"))["requests"]
    answers = await asyncio.gather(*(client(functions.help.GetNearestDcRequest()) for _ in range(REQUESTS_AT_ONCE)))
    require(len(answers) == REQUESTS_AT_ONCE, "answers are missing")
    require(all(answer.nearest_dc == server.facts["dc"] for answer in answers), "a wrong answer")
    after = (await server.tell("stats"))["requests"]
    require(after - before == REQUESTS_AT_ONCE, f"{after - before} requests were executed for {REQUESTS_AT_ONCE} calls")


async def check_errors(server, client):
    try:
        await client(functions.help.GetSupportRequest())
    except errors.BadRequestError as error:
        require("METHOD_NOT_IMPLEMENTED" in str(error), f"another error: {error}")
    else:
        raise AssertionError("a method that the server lacks was answered")


async def wait_until(condition):
    async def wait():
        while not condition():
            await asyncio.sleep(0.01)

    await asyncio.wait_for(wait(), 60)


async def check_dropped_connection(server, client, complaints):
    require(complaints.take() == [], "complaints before the connection was dropped")
    # Telethon begins another session when it connects again. What it has packed before, like an acknowledgment, it sends
    # over the new connection all the same, and then complains that updates come to the session before, too.
    sender = client._sender
    sender._pending_ack.clear()
    await wait_until(lambda: not sender._send_queue._deque and sender._connection._send_queue.empty())
    session = sender._state.id
    await server.tell("drop")
    await wait_until(lambda: sender._state.id != session)
    await check_config(server, client)
    await check_pushes(server, client)
    unexpected = [line for line in complaints.take() if "Server closed the connection" not in line]
    require(unexpected == [], f"complaints after a dropped connection: {unexpected}")


async def main(path):
    # Telethon warns about a library for other kinds of proxies.
    warnings.filterwarnings("ignore", message="proxy argument will be ignored")
    complaints = Complaints()
    logging.getLogger("telethon").addHandler(complaints)
    logging.getLogger("asyncio").addHandler(complaints)
    async with Server(path) as server:
        async for name in check_transports(server):
            require(complaints.take() == [], f"complaints over {name}")
            print(f"ok: {name}")
        client = server.client(transports.ConnectionTcpObfuscated)
        await client.connect()
        checks = (check_salt_changes, check_bad_time, check_pushes, check_many_requests, check_errors)
        for check in checks:
            await check(server, client)
            lines = complaints.take()
            require(lines == [], f"complaints in {check.__name__}: {lines}")
            print(f"ok: {check.__name__.removeprefix('check_').replace('_', ' ')}")
        await check_dropped_connection(server, client, complaints)
        print("ok: dropped connection")
        await client.disconnect()
    require(complaints.take() == [], "complaints at the end")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    asyncio.run(asyncio.wait_for(main(sys.argv[1]), 180))
