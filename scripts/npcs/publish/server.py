"""A small web server for the preview: the site, and word to the browser when it changes."""

import http.server
import io
import json
import os
import threading
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from npcs.publish.errors import BuildFailed

PATIENCE = 25
"""How many seconds a browser waits for news before it asks again."""


class Server:
    """Serves a folder. ``changed`` makes browsers load their page anew, ``tell`` shows trouble."""

    def __init__(self, folder: Path, host: str, port: int) -> None:
        self.folder = folder
        self._news = threading.Condition()
        self._closing = False
        self._seen = 0
        self._version = 0
        self._trouble = ""
        try:
            self._http = _Http((host, port), self)
        except OSError as error:
            raise BuildFailed(
                f"Nothing can be served at {host}, port {port}: {error.strerror}. "
                "Choose another with --port."
            ) from error

    @property
    def address(self) -> str:
        """Where the site can be opened."""
        host, port = self._http.server_address[:2]
        name = host.decode() if isinstance(host, bytes | bytearray) else host
        return f"http://{f'[{name}]' if ':' in name else name}:{port}/"

    def serve_forever(self) -> None:
        """Answer until ``shutdown``."""
        self._http.serve_forever(0.1)

    def shutdown(self) -> None:
        """Stop answering, and let go of browsers that wait."""
        with self._news:
            self._closing = True
            self._news.notify_all()
        self._http.shutdown()

    def close(self) -> None:
        """Give the address back."""
        self._http.server_close()

    def changed(self) -> None:
        """The site has changed, and nothing is wrong."""
        self._tell("", 1)

    def tell(self, trouble: str) -> None:
        """Something is wrong, or with an empty text nothing is; the site is as it was."""
        self._tell(trouble, 0)

    def _tell(self, trouble: str, step: int) -> None:
        with self._news:
            self._trouble = trouble
            self._version += step
            self._seen += 1
            self._news.notify_all()

    @property
    def trouble(self) -> str:
        """What is wrong now; empty where nothing is."""
        return self._trouble

    def news(self, since: int) -> dict[str, Any]:
        """What is the case, as soon as it is something else than ``since``."""
        with self._news:
            self._news.wait_for(lambda: self._seen != since or self._closing, PATIENCE)
            return {"seen": self._seen, "version": str(self._version), "trouble": self._trouble}

    def injected(self, page: bytes) -> bytes:
        """A page with the script that waits for news, as its policy allows: from the site."""
        with self._news:
            script = (
                f'<script src="/.npcs/reload.js" data-version="{self._version}" '
                f'data-seen="{self._seen - 1}"></script>'
            )
        at = page.rfind(b"</body>")
        return page + script.encode() if at < 0 else page[:at] + script.encode() + page[at:]


class _Http(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name == "posix"

    def __init__(self, address: tuple[str, int], owner: Server) -> None:
        if ":" in address[0]:
            import socket

            self.address_family = socket.AF_INET6
        self.owner = owner
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no event."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, request: Any, address: Any, server: _Http) -> None:
        self._owner = server.owner
        super().__init__(request, address, server, directory=str(server.owner.folder))

    def send_head(self) -> Any:
        """The start of an answer, and what follows it."""
        parts = urlsplit(self.path)
        if parts.path == "/.npcs/changes":
            since = parse_qs(parts.query).get("since", ["0"])[0]
            news = self._owner.news(int(since) if since.lstrip("-").isdigit() else -1)
            return self._answer(200, "application/json", json.dumps(news).encode())
        if parts.path == "/.npcs/reload.js":
            script = files("npcs.publish").joinpath("reload.js").read_bytes()
            return self._answer(200, "text/javascript", script)
        path = Path(self.translate_path(self.path))
        if path.is_dir() and parts.path.endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            return self._page(200, path.read_bytes())
        if path.exists():
            return super().send_head()
        missing = self._owner.folder / "404.html"
        if missing.is_file():
            return self._page(404, missing.read_bytes())
        text = escape(self._owner.trouble or "The site is being built.")
        return self._page(
            503, f"<!doctype html><title>npcs</title><body><pre>{text}</pre>".encode()
        )

    def _page(self, status: int, page: bytes) -> io.BytesIO:
        return self._answer(status, "text/html; charset=utf-8", self._owner.injected(page))

    def _answer(self, status: int, kind: str, content: bytes) -> io.BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def end_headers(self) -> None:
        """No browser keeps what may change any moment."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""
