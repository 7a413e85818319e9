"""A phone: a real Chromium with a profile of its own that outlives its restarts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# How long a step may take on a busy machine before it counts as never; says nothing about how fast it should be.
PATIENCE_MS = 60_000

PIN = "735194"
# Her thumb: wherever the keypad shows, it presses the PIN, digit by digit, as the dots fill.
THUMB = """(() => setInterval(() => {
  const keys = [...document.querySelectorAll('.keys .btn:not(.bare)')];
  const wanted = '%s'[document.querySelectorAll('.dots .on').length];
  keys.find((key) => key.textContent === wanted && !key.disabled)?.click();
}, 20))()"""


@dataclass
class Phone:
    """One browser over `profile`. `page` is its only tab; `troubles` gathers uncaught errors of its pages.

    `pin` is pressed by itself wherever the phone asks for one; None leaves the keys to the test. `clip` is what its
    camera sees: an .mjpeg file.
    """

    playwright: Playwright
    chromium: str
    profile: Path
    url: str
    width: int = 390
    height: int = 844
    pin: str | None = PIN
    scale: float = 1
    troubles: list[str] = field(default_factory=list)
    clip: Path | None = None
    _context: BrowserContext | None = None

    @property
    def context(self) -> BrowserContext:
        if self._context is None:
            raise RuntimeError("this phone is switched off")
        return self._context

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def switch_on(self) -> Phone:
        """Open the browser; what it stored before is there again. Goes nowhere yet."""
        self._context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=self.chromium,
            args=[*FLAGS, *self._camera()],
            permissions=["camera"] if self.clip else [],
            base_url=self.url,
            viewport={"width": self.width, "height": self.height},
            device_scale_factor=self.scale,
            has_touch=self.width < 600,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        if self.pin is not None:
            self._context.add_init_script(THUMB % self.pin)
        self._context.on("weberror", lambda trouble: self.troubles.append(str(trouble.error)))
        self._context.set_default_timeout(PATIENCE_MS)
        return self

    def _camera(self) -> list[str]:
        """A camera that films `clip`, an .mjpeg file, over and over."""
        if self.clip is None:
            return []
        return [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={self.clip}",
        ]

    def switch_off(self) -> None:
        """Close the browser; its profile stays."""
        if self._context is not None:
            self._context.close()
            self._context = None

    def restart(self) -> Phone:
        self.switch_off()
        return self.switch_on()

    def open(self, path: str = "/app/") -> Page:
        """Go to `path` of the server; answers the page."""
        self.page.goto(path)
        return self.page

    def go_offline(self) -> None:
        """Airplane mode; the service worker has no network either."""
        self.context.set_offline(True)

    def go_online(self) -> None:
        self.context.set_offline(False)

    def wait_until_installed(self) -> None:
        """Wait until the app opens without a network: the service worker is ready and controls the page."""
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=PATIENCE_MS)
