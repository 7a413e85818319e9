"""A small HTTP/1.1 client over loopback that counts every byte it puts on the socket and takes off it.

Written out because an ordinary client costs more CPU than the server under test, and would be what is measured.
"""

from __future__ import annotations

import gzip
import socket
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
PIECE = 1 << 18


@dataclass(slots=True)
class Answer:
    """`body` is without its content coding, `wire_body` the bytes that crossed; header names are lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    wire_body: int


class Line:
    """One keep-alive connection of one phone. `sent` and `received` are bytes, headers included."""

    def __init__(self, port: int) -> None:
        self.port, self.sent, self.received, self.requests = port, 0, 0, 0
        self.body_up = self.body_down = 0
        self._socket: socket.socket | None = None
        self._held = b""

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One exchange. Raises OSError when the server is not there or hangs up."""
        head = {"Host": f"{LOOPBACK}:{self.port}", "Accept": "application/json", **(headers or {})}
        if body is not None:
            head |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        raw = f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode("latin-1") + (body or b"")
        if self._socket is None:
            self._open()
        assert self._socket is not None
        self._socket.sendall(raw)
        self.sent, self.requests, self.body_up = (
            self.sent + len(raw),
            self.requests + 1,
            self.body_up + len(body or b""),
        )
        return self._read_answer()

    def close(self) -> None:
        """Hang up; the next request opens a new connection."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._held = None, b""

    def _open(self) -> None:
        self._socket = socket.create_connection((LOOPBACK, self.port), 120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _read_answer(self) -> Answer:
        first, *rest = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        body = self._read_body(headers)
        self.body_down += len(body)
        answer = Answer(int(first.split(" ")[1]), headers, body, len(body))
        if headers.get("content-encoding") == "gzip":
            answer.body = gzip.decompress(body)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    def _read_body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return self._take(int(headers.get("content-length", "0")))
        parts = []
        while size := int(self._until(b"\r\n"), 16):
            parts.append(self._take(size))
            self._take(2)
        self._take(2)
        return b"".join(parts)

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._held:
            self._held += self._receive()
        found, _, self._held = self._held.partition(mark)
        return found

    def _take(self, size: int) -> bytes:
        parts, have = [self._held], len(self._held)
        while have < size:
            parts.append(self._receive())
            have += len(parts[-1])
        whole = b"".join(parts)
        self._held = whole[size:]
        return whole[:size]

    def _receive(self) -> bytes:
        assert self._socket is not None
        data = self._socket.recv(PIECE)
        if not data:
            self.close()
            raise ConnectionError("the server hung up")
        self.received += len(data)
        return data
