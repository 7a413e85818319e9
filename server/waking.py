"""A phone's session sleeps some minutes after its phone last proved itself; the key the phone registered with wakes it.

A refusal with `session_asleep` names phone and challenge in its header Suifang-Asleep; the phone signs them and asks
again. So a copied cookie is worth nothing after these minutes. No clock of a phone counts, and a server's clock that
was wrong puts sessions to sleep at worst.
"""

from __future__ import annotations

import hmac

from sqlalchemy import update
from sqlalchemy.orm import Session

from server import auth
from server.envelopes import signed_text
from server.errors import AppError, NotSignedIn
from server.models import Phone, SignIn
from server.sync.delivering import BadSignature
from server.sync.stores import PhoneRevoked


class ChallengeOver(AppError):
    """Its session was woken since, perhaps by this very phone: asking again tells."""

    code, status, message = "challenge_over", 401, "这次证明过期了 That was to be signed once, and is over"


def wake(session: Session, token: str, given: str, signature: str, now: int) -> None:
    """Keep the session awake for AWAKE_MS, once for each challenge. `signature`: r ‖ s in base64url over `wake_text`.

    Raises NotSignedIn, PhoneRevoked, ChallengeOver, BadSignature.
    """
    row = session.get(SignIn, auth.session_key(token))
    if row is None or row.expires_at <= now or not row.worker.is_active:
        raise NotSignedIn
    phone = session.get(Phone, row.phone_id) if row.phone_id else None
    if phone is None or not hmac.compare_digest(given, auth.challenge(row.id, row.awake_until)):
        raise ChallengeOver
    if phone.state != "active":
        raise PhoneRevoked
    if not signed_text(phone.public_key, signature, wake_text(phone.id, given)):
        raise BadSignature
    mine = update(SignIn).where(SignIn.id == row.id, SignIn.awake_until == row.awake_until)
    if not session.execute(mine.values(awake_until=now + auth.AWAKE_MS)).rowcount:  # type: ignore[attr-defined]
        raise ChallengeOver


def wake_text(phone: str, challenge: str) -> bytes:
    """What is signed; the twin of pwa/src/sync/waking.ts."""
    return f"suifang wake 1\n{phone}\n{challenge}".encode()
