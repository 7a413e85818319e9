"""Where errors become HTTP, once: every answer that is not a success is {code, message}, whoever raised it."""

from __future__ import annotations

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from server.errors import AppError, TooLarge

SPOKEN = {
    400: ("bad_request", "请求有误 The request is not right"),
    401: ("not_signed_in", "请先登录 Please sign in"),
    403: ("forbidden", "没有权限 You may not do this"),
    404: ("not_found", "没有找到 Not found"),
    405: ("method_not_allowed", "此处不支持该操作 That is not done here"),
    413: (TooLarge.code, TooLarge.message),
    414: ("too_large", "地址太长 The address is too long"),
    415: ("not_json", "请用 JSON 格式发送 Send JSON"),
    500: ("server_error", "服务器出错，已记录 Something broke here, it has been written down"),
}

HEADERS = {"retry_after": "Retry-After", "asleep": "Suifang-Asleep"}


def register_errors(app: Flask) -> None:
    """Our own mapping instead of flask-smorest's, which drops `Allow` and speaks another shape."""
    app.register_error_handler(AppError, answer_app_error)
    app.register_error_handler(HTTPException, answer_http_error)


def answer_app_error(error: AppError) -> Response:
    """{code, message} with the error's status; `retry_after` (s) and `asleep` among its facts become headers."""
    told = [(header, str(error.facts[fact])) for fact, header in HEADERS.items() if fact in error.facts]
    return _answer(error.status, error.code, error.message, told)


def answer_http_error(error: HTTPException) -> Response:
    """The same shape for what Flask and werkzeug raise; their headers (Allow, Retry-After) are kept."""
    status = error.code or 500
    code, message = SPOKEN.get(status, (f"http_{status}", error.name))
    kept = [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    return _answer(status, code, message, kept)


def _answer(status: int, code: str, message: str, headers: list[tuple[str, str]]) -> Response:
    response = jsonify(code=code, message=message)
    response.status_code = status
    response.headers.extend(headers)
    return response
