"""What the checks against Telethon share: its complaints, and the server's process."""

import asyncio
import json
import logging

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.network import connection as transports
from telethon.sessions import StringSession


class Complaints(logging.Handler):
    """Keeps what Telethon complains about."""

    def __init__(self):
        super().__init__(level=logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.name}: {record.getMessage()}")

    def take(self):
        lines, self.lines = self.lines, []
        return lines


class Server:
    """The server's process; it takes one command a line and answers each with one line of JSON."""

    def __init__(self, path):
        self.path = path

    async def __aenter__(self):
        self.process = await asyncio.create_subprocess_exec(
            self.path, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        self.facts = json.loads(await self.process.stdout.readline())
        rsa.add_key(self.facts["publicKey"], old=False)
        return self

    async def __aexit__(self, *_):
        await self.tell("quit")
        await asyncio.wait_for(self.process.wait(), 20)

    async def tell(self, command):
        self.process.stdin.write(f"{command}\n".encode())
        await self.process.stdin.drain()
        return json.loads(await asyncio.wait_for(self.process.stdout.readline(), 20))

    def session(self):
        session = StringSession()
        session.set_dc(self.facts["dc"], "127.0.0.1", self.facts["port"])
        return session

    def client(self, transport=transports.ConnectionTcpFull, proxy=None, session=None):
        session = session or self.session()
        return TelegramClient(
            session, 12345, "0123456789abcdef0123456789abcdef", connection=transport, proxy=proxy,
            connection_retries=3, request_retries=1, retry_delay=0, timeout=10,
        )


def require(condition, what):
    if not condition:
        raise AssertionError(what)
