"""One tree of errors. Each has a stable code that phones branch on; HTTP happens once, in api/errors.py."""

from __future__ import annotations


class AppError(Exception):
    """Something that the caller can be told. `code` is stable, `message` is for people (Chinese, English after it)."""

    code = "error"
    status = 400
    message = "请求有误 The request is not right"

    def __init__(self, message: str | None = None, *, code: str | None = None, **facts: object) -> None:
        self.code = code or self.code
        self.message = message or self.message
        self.facts = facts
        super().__init__(f"{self.code}: {self.message}")


class BadInput(AppError):
    code, status = "bad_input", 400


class NotSignedIn(AppError):
    code, status, message = "not_signed_in", 401, "请先登录 Please sign in"


class SessionAsleep(AppError):
    """Facts: `asleep`, "<phone> <challenge>": by what its phone's key wakes it (server/waking.py)."""

    code, status, message = "session_asleep", 401, "手机要先证明是它自己 This phone must prove itself first"


class Forbidden(AppError):
    code, status, message = "forbidden", 403, "没有权限 You may not do this"


class NotFound(AppError):
    code, status, message = "not_found", 404, "没有找到 Not found"


class TooLarge(AppError):
    code, status, message = "too_large", 413, "内容太大，请分开发送 Too large, send it in parts"


class SlowDown(AppError):
    """Facts: `retry_after`, seconds until the next try counts."""

    code, status, message = "slow_down", 429, "试得太快，请稍等 Too many tries, please wait"


class Busy(AppError):
    code, status, message = "busy", 503, "服务器忙，请稍后再试 The server is busy, try again"
