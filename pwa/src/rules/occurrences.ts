/** Which occurrence of a schedule stands on a day, in days from the start; the twin of server/rules/occurrences.py. */
import { whole } from './conditions';
import { own } from './own';
import type { Plain, RecordSchedule, Step, Words } from './shapes';
import { fill, plain } from './wording';

/** One turn of a schedule; its words are filled in already. */
export interface Occurrence {
  readonly opens: number;
  readonly due: number;
  readonly overdue: number;
  readonly expire: number;
  readonly words: Words;
}

/** The occurrence that stands `today`, or the next one; `done` settles all that had opened, `floor` is the end of a rest. */
export function standing(schedule: RecordSchedule, answers: Plain, today: number, done: number | null, floor: number | null): Occurrence | null {
  const [current, following] = around(schedule, answers, today);
  if (current !== null && today < current.expire) {
    const settled = done !== null && current.opens <= done;
    const rested = floor !== null && current.opens < floor;
    if (!settled && !rested) return current;
  }
  return following;
}

/** The newest occurrence that has opened by today, and the first that has not. */
function around(schedule: RecordSchedule, answers: Plain, today: number): readonly [Occurrence | null, Occurrence | null] {
  const { then } = schedule;
  if (then && today >= then.opens) {
    const turn = Math.floor((today - then.opens) / then.every);
    return [turnOf(schedule, turn), turnOf(schedule, turn + 1)];
  }
  const steps = schedule.steps.map((step) => shifted(step, answers));
  const opened = steps.filter((step) => step.opens <= today);
  const following = steps.find((step) => step.opens > today) ?? turnOf(schedule, 0);
  return [opened[opened.length - 1] ?? null, following];
}

function turnOf({ then }: RecordSchedule, turn: number): Occurrence | null {
  if (!then) return null;
  return later(then, then.every * turn, fill(then, { n: () => plain(then.n + turn) }));
}

const later = ({ opens, due, overdue, expire }: Step, days: number, words: Words): Occurrence =>
  ({ opens: opens + days, due: due + days, overdue: overdue + days, expire: expire + days, words });

/** The step, sooner where less was handed out than would last until its due day. */
function shifted(step: Step, answers: Plain): Occurrence {
  const words = { zh: step.zh, en: step.en };
  const amount = step.per ? own(answers, step.per.field) : undefined;
  if (!step.per || !whole(amount) || amount < 1) return later(step, 0, words);
  return later(step, Math.min(0, amount * step.per.days - step.due), words);
}
