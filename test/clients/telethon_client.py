"""Telethon against the sandbox: login, dialogs, a whole history, one file. Its last line is what it saw, as JSON.

Reads the sandbox's ready line on standard input.
"""

import asyncio
import hashlib
import json
import sys

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.sessions import MemorySession


async def main(ready):
    rsa.add_key(ready["serverKey"], old=False)
    home = next(dc for dc in ready["dcs"] if dc["id"] == ready["homeDc"])
    session = MemorySession()
    session.set_dc(home["id"], home["host"], home["port"])
    client = TelegramClient(session, ready["apiId"], ready["apiHash"], connection_retries=1, request_retries=2)
    owner = ready["owner"]
    await client.start(
        phone=lambda: "+" + owner["phone"],
        code_callback=lambda: owner["code"],
        password=lambda: owner["password"] or "",
    )
    me = await client.get_me()
    dialogs = [dialog async for dialog in client.iter_dialogs()]
    news = next(dialog for dialog in dialogs if getattr(dialog.entity, "username", None) == "news")
    messages = [message async for message in client.iter_messages(news.entity)]
    files = {}
    for message in messages:
        if message.document and len(files) < 4:
            data = await client.download_media(message, bytes)
            files[str(message.id)] = hashlib.sha256(data).hexdigest()
    await client.disconnect()
    print(json.dumps({"username": me.username, "dialogs": len(dialogs), "messages": len(messages), "files": files, "peerId": news.id}))


asyncio.run(main(json.loads(sys.stdin.readline())))
