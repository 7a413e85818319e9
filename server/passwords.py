"""Passwords: Argon2id (RFC 9106) with 19 MiB, t=2, p=1 (OWASP; about 33 ms), and which ones are refused."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.errors import BadInput

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SHORTEST, LONGEST = 8, 128
COMMON = (
    "12345678 123456789 1234567890 87654321 11111111 88888888 66666666 password password1 qwertyui qwerty123 "
    "asdfghjk zxcvbnm1 1qaz2wsx abcd1234 abc12345 a1234567 admin123 woaini1314 5201314520 suifang123"
)

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    """Argon2id in PHC form."""
    return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. For an unknown worker (None) it takes the same time and says no."""
    try:
        return _hasher.verify(password_hash or _nobody, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def new_password() -> str:
    """Twelve characters that can be read out over a telephone: 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def check_password(password: str, username: str) -> None:
    """Raises BadInput (weak_password) for what is guessed first: short, one character, a common one, her own name."""
    low = password.lower()
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput("密码需要 8 到 128 个字符 A password has 8 to 128 characters", code="weak_password")
    if len(set(low)) < 3 or f" {low} " in f" {COMMON} " or username.lower() in low:
        raise BadInput("这个密码太容易猜到 This password is guessed too easily", code="weak_password")
