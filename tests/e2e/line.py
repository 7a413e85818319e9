"""A bad line between phone and server: slow, and cut again and again with whatever was on it."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, sleep

PIECE = 4096


@dataclass
class BadLine:
    """Forwards a port of its own to `target`. After every `cut_after` bytes towards the phone all connections break.

    `rate` (bytes a second, for all connections together) makes it thin as well; None: as fast as it goes.
    """

    target: int
    cut_after: int
    rate: float | None = None
    cuts: int = 0
    carried: int = 0
    _open: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _free_at: float = 0.0

    def __post_init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self._door.getsockname()[1]}"

    def close(self) -> None:
        self._door.close()
        self._hang_up()

    def _accept(self) -> None:
        while True:
            try:
                phone, _ = self._door.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            with self._lock:
                self._open |= {phone, server}
            for source, sink, counted in ((phone, server, False), (server, phone, True)):
                threading.Thread(target=self._pump, args=(source, sink, counted), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if counted:
                    self._pass(len(piece))
                sink.sendall(piece)
        _end(source, sink)

    def _pass(self, size: int) -> None:
        """Wait for the thin line's turn; cut everything when this much has gone through."""
        with self._lock:
            before, self.carried = self.carried, self.carried + size
            if self.rate:
                self._free_at = max(monotonic(), self._free_at) + size / self.rate
        if self.rate:
            sleep(max(0.0, self._free_at - monotonic()))
        if before // self.cut_after != self.carried // self.cut_after:
            self.cuts += 1
            self._hang_up()

    def _hang_up(self) -> None:
        with self._lock:
            gone, self._open = self._open, set()
        _end(*gone)


def _end(*ends: socket.socket) -> None:
    """Told to the other side first: a socket that another thread still reads from is not ended by closing it."""
    for one in ends:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
