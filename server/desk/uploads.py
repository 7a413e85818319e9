"""A register workbook from the desk's browser: it comes in parts, is read and compared, and is imported when she says so.

Reading and importing run beside the requests in a thread of their own; how far they are stands in the row, so it
survives a reload of the page. Parts lie sealed in the data folder; the open file exists only while it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.clock import day_of, now_ms
from server.errors import AppError, BadInput, NotFound, TooLarge
from server.extensions import db, writing
from server.ids import new_id
from server.models import Upload
from server.models.sealed import app_keys
from server.registers import archive, load, marked, workbook
from server.registers.load import Asked
from server.registers.preview import preview
from server.sync.append import book

PURPOSE = b"upload.part"
SILENT_MS = 60_000  # a thread that says nothing for so long is gone
PROGRESS_MS = 400
BUSY = ("reading", "writing")
OPEN = ("coming", "ready", *BUSY)


def begin(session: Session, who: Who, township: str, name: str, size: int, now: int) -> Upload:
    """Expect a workbook of `size` bytes; the township's earlier one is put away. Raises TooLarge, BadInput (upload_running)."""
    if size > archive.MAX_FILE:
        raise TooLarge
    for earlier in session.scalars(select(Upload).where(Upload.township == township)):
        if earlier.state in BUSY and earlier.touched_at > now - SILENT_MS:
            raise BadInput("还有一份在导 Another import is running", code="upload_running")
        _put_away(earlier)
        earlier.state = "dropped" if earlier.state in OPEN else earlier.state
    made = Upload(
        id=new_id(), township=township, made_by=who.id, made_at=now, name=name, size=size, state="coming", done=0,
        total=size, touched_at=now,
    )  # fmt: skip
    session.add(made)
    return made


def take_part(session: Session, who: Who, upload: Upload, n: int, data: bytes, now: int) -> bool:
    """Keep part number `n` sealed; True when the workbook is whole and may be read. Free to repeat."""
    if upload.state != "coming":
        raise BadInput("这份已经传完 It came whole already", code="not_coming")
    folder = _folder(upload.id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed = app_keys().seal(PURPOSE, data)
    (folder / f"{n:05}").write_bytes(sealed)
    more = len(sealed) - len(data)
    came = sum(part.stat().st_size - more for part in folder.iterdir())
    if came > upload.size:
        _put_away(upload)
        raise TooLarge
    upload.done, upload.touched_at = came, now
    if came == upload.size:
        upload.state, upload.done, upload.total = "reading", 0, 0
        audit.note(session, "register.read", upload.id, {}, now=now, actor=who.id, place=upload.township)
    return upload.state == "reading"


def confirm(upload: Upload, now: int) -> None:
    """Let the import begin. Raises BadInput (not_ready)."""
    if upload.state != "ready":
        raise BadInput("还没读完，或者已经导过 It is not read yet, or was imported already", code="not_ready")
    upload.state, upload.done, upload.touched_at = "writing", 0, now


def drop(upload: Upload) -> None:
    """Forget a workbook that was not imported. Free to repeat."""
    if upload.state in BUSY and upload.touched_at > now_ms() - SILENT_MS:
        raise BadInput("正在导，停不下来 It is at work and cannot be stopped", code="upload_running")
    _put_away(upload)
    upload.state = "dropped" if upload.state in OPEN else upload.state


def find(session: Session, townships: list[str], upload_id: str) -> Upload:
    """An upload of her township; raises NotFound."""
    found = session.get(Upload, upload_id)
    if found is None or found.township not in townships:
        raise NotFound
    return found


def newest(session: Session, township: str) -> Upload | None:
    """The township's newest upload that was not dropped."""
    mine = select(Upload).where(Upload.township == township, Upload.state != "dropped")
    return session.scalars(mine.order_by(Upload.made_at.desc(), Upload.id.desc()).limit(1)).first()


def show(upload: Upload, now: int) -> dict[str, Any]:
    """An upload as the desk sees it; one whose thread is gone was interrupted."""
    names = ("id", "name", "size", "made_at", "state", "code", "done", "total", "found")
    shown = {name: getattr(upload, name) for name in names}
    if upload.state in BUSY and upload.touched_at < now - SILENT_MS:
        shown |= {"state": "refused", "code": "interrupted"}
    return shown


def at_work(app: Flask, upload_id: str, work: Callable[[str], None]) -> Thread:
    """Run `work` (read or write) on an upload in a thread of its own."""

    def run() -> None:
        with app.app_context():
            try:
                work(upload_id)
            except AppError as refusal:
                _note(upload_id, state="refused", code=refusal.code)
            except Exception as error:
                app.logger.error("an import failed", exc_info=error)
                _note(upload_id, state="refused", code="server_error")

    thread = Thread(target=run, name=f"upload {upload_id}", daemon=True)
    thread.start()
    return thread


def read(upload_id: str) -> None:
    """Read the workbook and say what would change."""
    upload = db.session().get_one(Upload, upload_id)
    township = upload.township
    with _opened(upload_id) as path:
        found = preview(book(), _asked(path, township), township, _teller(upload_id)).as_json()
    _note(upload_id, state="ready", found=found)


def write(upload_id: str) -> None:
    """Import the workbook."""
    upload = db.session().get_one(Upload, upload_id)
    actor, seen = upload.made_by, dict(upload.found or {})
    with _opened(upload_id) as path:
        done = load.import_register(book(), _asked(path, upload.township, actor), _teller(upload_id))
    came = {"taken": done.taken, "new": done.new, "unchanged": done.unchanged, "conflicts": done.conflicts,
            "not_written": done.not_written, "villages_added": done.villages_added}  # fmt: skip
    _note(upload_id, state="done", found=seen | {"came": came})


def marked_copy(upload: Upload) -> bytes:
    """The workbook with a column that says why a row was left out. Raises NotFound when the file is gone."""
    rules = book()
    words = {word["code"]: f"{word['zh']}  {word['en']}" for word in rules.labels["left_out"]["words"]}
    with _opened(upload.id) as path:
        names = load.villages_of(db.session(), upload.township)
        heard = workbook.read(path, day_of(upload.made_at).isoformat(), rules.import_words, tuple(names))
        target = path.with_name("marked.xlsx")
        marked.write(path, target, heard, words)
        return target.read_bytes()


def _asked(path: Path, township: str, actor: str | None = None) -> Asked:
    now = now_ms()
    return Asked(path, day_of(now).isoformat(), now, township, actor=actor)


def _teller(upload_id: str) -> load.Progress:
    """Tells the row how far the work is, a few times a second at most."""
    last = [0]

    def tell(_: str, done: int, total: int) -> None:
        now = now_ms()
        if now - last[0] >= PROGRESS_MS:
            last[0] = now
            _note(upload_id, done=done, total=total)

    return tell


def _note(upload_id: str, **values: Any) -> None:
    with writing() as session:
        session.execute(update(Upload).where(Upload.id == upload_id).values(touched_at=now_ms(), **values))


@contextmanager
def _opened(upload_id: str) -> Iterator[Path]:
    """The workbook in the clear, in a folder that is gone afterwards."""
    parts = sorted(_folder(upload_id).iterdir()) if _folder(upload_id).is_dir() else []
    if not parts:
        raise NotFound
    with TemporaryDirectory(dir=_folder(upload_id).parent) as folder:
        path = Path(folder) / "register.xlsx"
        with path.open("wb") as file:
            for part in parts:
                file.write(app_keys().open(PURPOSE, part.read_bytes()))
        yield path


def _folder(upload_id: str) -> Path:
    data = current_app.extensions["suifang_settings"].data
    assert isinstance(data, Path)
    return data / "uploads" / upload_id


def _put_away(upload: Upload) -> None:
    folder = _folder(upload.id)
    for part in folder.iterdir() if folder.is_dir() else ():
        part.unlink(missing_ok=True)
