"""A real browser, and the application served on this machine for it."""

import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from os import geteuid
from pathlib import Path

import uvicorn

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"


def chromium() -> str:
    """Return the path of a browser; install one where that can be done, else say how."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    if geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=True)
        return shutil.which("chromium") or "/usr/bin/chromium"
    raise RuntimeError("The browser tests need Chromium. Install it: sudo apt-get install chromium")


@contextmanager
def served(app):
    """Serve an application on a free port of this machine; yield its address."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
