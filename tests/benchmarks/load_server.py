"""The server of the load run: the pages on a city's store, each request timed and its queries counted."""

import asyncio
import socket
import time
from contextvars import ContextVar
from pathlib import Path
from typing import TextIO

import uvicorn
from sqlalchemy import Engine, event
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.support.demo import last_evening

QUERIES: ContextVar[list[str]] = ContextVar("queries")


class Measured:
    """An application whose every answer is timed and written down."""

    def __init__(self, app: ASGIApp, file: TextIO) -> None:
        self._app, self._file = app, file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then write route, milliseconds and queries."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        queries: list[str] = []
        QUERIES.set(queries)
        began = time.perf_counter()
        await self._app(scope, receive, send)
        taken = (time.perf_counter() - began) * 1000
        route = getattr(scope.get("route"), "name", "") or "none"
        if route.startswith("page.") and scope["method"] == "GET":
            self._file.write(f"{route} {taken:.1f} {len(queries)}\n")
            self._file.flush()


def serve(folder: Path, measured: Path) -> None:
    """Serve the pages on the demo's last day until stopped; prints the address first."""
    event.listen(Engine, "before_cursor_execute", _count)
    app = last_evening(folder)
    with socket.socket() as listening, measured.open("w") as file:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        server = uvicorn.Server(
            uvicorn.Config(Measured(app, file), log_level="error", access_log=False, timeout_keep_alive=60)
        )
        asyncio.run(server.serve(sockets=[listening]))


def _count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
    """Count what is asked or written; only one database's driver says BEGIN this way."""
    found = QUERIES.get(None)
    if found is not None and not statement.startswith("BEGIN"):
        found.append(statement)
