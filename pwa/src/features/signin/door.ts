/** The way in and out: who asks the session, and who is told its answer. */
import type { Session, SessionState } from '../../sync/session';

export interface Door {
  readonly session: Session;
  /** Waits for the session's answer and lets the whole app know it. */
  enter(answer: Promise<SessionState>): Promise<SessionState>;
}
