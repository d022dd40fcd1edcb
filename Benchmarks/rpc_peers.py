"""Measures other clients against a running test server: requests a second and the time of one round trip.

Usage: rpc_peers.py telethon|kurigram FACTS

FACTS is the line of JSON that the interop server prints when it starts. Prints one line of JSON, or exits with 3 when the
client is not installed.
"""

import asyncio
import json
import statistics
import sys
import time

ONE_BY_ONE = 1000
TOTAL = 5000
AT_ONCE = 100


async def measure(call):
    for _ in range(100):
        await call()
    times = []
    for _ in range(ONE_BY_ONE):
        start = time.perf_counter()
        await call()
        times.append(time.perf_counter() - start)

    async def worker(count):
        for _ in range(count):
            await call()

    start = time.perf_counter()
    cpu = time.process_time()
    await asyncio.gather(*(worker(TOTAL // AT_ONCE) for _ in range(AT_ONCE)))
    seconds = time.perf_counter() - start
    return {
        "medianMicroseconds": statistics.median(times) * 1e6,
        "requestsPerSecond": TOTAL / seconds,
        "cpuMicrosecondsPerRequest": (time.process_time() - cpu) / TOTAL * 1e6,
    }


async def telethon(facts):
    from telethon import TelegramClient
    from telethon.crypto import rsa
    from telethon.sessions import MemorySession
    from telethon.tl import functions

    rsa.add_key(facts["publicKey"], old=False)
    session = MemorySession()
    session.set_dc(facts["dc"], "127.0.0.1", facts["port"])
    client = TelegramClient(session, 12345, "0123456789abcdef0123456789abcdef")
    await client.connect()
    result = await measure(lambda: client(functions.help.GetNearestDcRequest()))
    await client.disconnect()
    return result


async def kurigram(facts):
    import pyrogram
    import rsa
    from pyrogram import raw
    from pyrogram.crypto import rsa as server_keys
    from pyrogram.session import Auth, Session
    from telethon.crypto import rsa as telethon_rsa

    key = rsa.PublicKey.load_pkcs1(facts["publicKey"].encode())
    server_keys.server_public_keys[telethon_rsa._compute_fingerprint(key)] = server_keys.PublicKey(key.n, key.e)
    client = pyrogram.Client("benchmark", api_id=12345, api_hash="0123456789abcdef0123456789abcdef", in_memory=True)
    client.loop = asyncio.get_running_loop()
    await client.storage.open()
    await client.storage.api_id(12345)
    address = (facts["dc"], "127.0.0.1", facts["port"])
    auth_key = await Auth(client, *address, False).create()
    session = Session(client, *address, auth_key, False)
    await session.start()
    result = await measure(lambda: session.invoke(raw.functions.help.GetNearestDc()))
    await session.stop()
    return result


def main():
    clients = {"telethon": telethon, "kurigram": kurigram}
    if len(sys.argv) != 3 or sys.argv[1] not in clients:
        sys.exit(__doc__)
    try:
        print(json.dumps(asyncio.run(clients[sys.argv[1]](json.loads(sys.argv[2])))))
    except ModuleNotFoundError as error:
        print(f"{sys.argv[1]} is not installed: {error}", file=sys.stderr)
        sys.exit(3)


if __name__ == "__main__":
    main()
