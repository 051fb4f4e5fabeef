"""`attendance serve`: the API on a port of this machine.

- The log tells method, route, status and duration of each request, in UTC: no path as
  sent, no query, no names.
"""

import logging
import os
import socket
import time
from typing import TYPE_CHECKING, Annotated

import typer

from attendance.settings import read_settings

if TYPE_CHECKING:
    from fastapi import FastAPI
    from uvicorn import Config

HOST, PORT = "127.0.0.1", 8000


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = PORT,
) -> None:
    """Serve the API until stopped. Put a server that speaks TLS in front where others can reach it.

    Example: attendance serve --port 8000
    """
    from api.app import create_app
    from api.pages.front import front_of
    from attendance.services.office import office_of

    settings = read_settings(os.environ)
    office = office_of(settings)
    try:
        app = create_app(office, upload_limit_bytes=settings.upload_limit_bytes, front=front_of(settings))
        run_server(app, host, port, proxies=settings.proxies)
    finally:
        office.store.close()


def config_of(app: "FastAPI", proxies: str) -> "Config":
    """Return how an application is served; only these proxies are believed where a request came from."""
    import uvicorn

    return uvicorn.Config(
        app,
        access_log=False,
        server_header=False,
        log_config=_LOGGING,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
    )


def run_server(app: "FastAPI", host: str = HOST, port: int = PORT, *, proxies: str = "") -> None:
    """Serve an application until told to stop; a port that is taken is a usage error."""
    import uvicorn

    config = config_of(app, proxies)
    with _listening(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        print(f"Serving on http://{shown}:{listening.getsockname()[1]}/ and /api/v1", flush=True)
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_be_used(host, port, error) from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        listening.close()
        raise _cannot_be_used(host, port, error) from error
    return listening


def _cannot_be_used(host: str, port: int, error: OSError) -> typer.BadParameter:
    return typer.BadParameter(f"{host} port {port} cannot be used: {error.strerror}.")


class _InUtc(logging.Formatter):
    """Writes instants as the database holds them."""

    converter = staticmethod(time.gmtime)


_LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": _InUtc, "fmt": "%(asctime)sZ %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}
    },
    "loggers": {
        "api": {"handlers": ["stderr"], "level": "INFO"},
        "attendance": {"handlers": ["stderr"], "level": "INFO"},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING"},
    },
}
