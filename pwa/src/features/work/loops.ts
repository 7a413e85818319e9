/**
 * Services that were begun and are not ended: referrals on their way, results that are awaited, and those that nobody was
 * told about for too long. Timers are the rulebook's. Whoever said no, withdrew or never agreed stands nowhere here. Pure.
 */
import { book } from '../../generated/daily';
import { anyMatch, rowOf, starts, type Row } from '../../rules/anchors';
import { standing } from '../../rules/consent';
import * as dates from '../../rules/dates';
import { asOf } from '../../rules/otherdays';
import type { RecordSchedule, Schedule } from '../../rules/shapes';
import type { Bundle, Person, Rec } from '../../store/api';
import { formOf } from '../../ui/labels';
import { plain } from '../../ui/plain';

export const REFERRAL = 'referral';

/** Where a referral stands; `result`: she was seen and what was found is written down; `ended` says no more than that. */
export type Stage = 'sent' | 'received' | 'attended' | 'result' | 'ended';

export interface Loop {
  readonly schedule: string;
  /** the record it began with */
  readonly record: Rec;
  readonly person: Person;
  readonly bundle: Bundle;
  readonly stage: Stage;
  /** the laboratory has not answered yet */
  readonly pending: boolean;
  /** whole days since it began */
  readonly days: number;
  /** by the schedule: `late` after the day she was to be asked by, `lost` when the schedule itself gives up */
  readonly time: 'waiting' | 'late' | 'lost';
}

/** Schedules that follow one thing to its end: those that point at their first record, and those that rest on a finding. */
export const followed = (schedules: readonly { kind: string }[]): RecordSchedule[] =>
  (schedules as readonly RecordSchedule[]).filter((one) => one.kind === 'record' && one.active && (one.match !== undefined || one.private === true));

function timeOf({ steps }: RecordSchedule, days: number): Loop['time'] {
  const late = Math.min(...steps.map((step) => step.overdue));
  return days >= Math.max(...steps.map((step) => step.expire)) ? 'lost' : days >= late ? 'late' : 'waiting';
}

const STAGES: readonly Stage[] = ['sent', 'received', 'attended', 'result', 'ended'];

function stageOf(step: Rec): Stage {
  if (step.answers.step === 'closed') return 'ended';
  if (step.answers.step === 'attended') return typeof step.answers.result === 'string' ? 'result' : 'attended';
  return step.answers.step === 'received' ? 'received' : 'sent';
}

function stops(schedule: RecordSchedule, rec: Rec): boolean {
  const row = rowOf(plain(rec));
  return row !== null && anyMatch(schedule.stop, row);
}

/** How far a referral has come. Whoever may not read the technician's steps learns from a note that it is over. */
export function referralStage(schedule: RecordSchedule, first: Rec, records: readonly Rec[]): Stage {
  const steps = records.filter((rec) => rec.form === REFERRAL && rec.status === 'live' && !rec.seenAs && rec.answers.of === first.id).map(stageOf);
  const told = records.some((rec) => rec.seenAs === 'note' && rec.occurredOn >= first.occurredOn && stops(schedule, rec));
  return told ? 'ended' : STAGES[Math.max(0, ...steps.map((stage) => STAGES.indexOf(stage)))] ?? 'sent';
}

const isPending = (rec: Rec): boolean => Object.values(rec.answers).includes('pending');

/** All open ones of one person, and the ended referrals of the last days of their schedule. */
function loopsOf(schedule: RecordSchedule, person: Person, bundle: Bundle, records: readonly Rec[], today: string): Loop[] {
  const now = dates.number(today) ?? 0;
  const rows = records.map((rec) => rowOf(plain(rec))).filter((row): row is Row => row !== null && row.day <= now).sort((a, b) => a.day - b.day);
  if (schedule.consent !== null && standing(rows.map((row) => row.record), today)[schedule.consent] !== 'given') return [];
  // A referral is followed beyond "attended", where its reminder ends.
  const until = schedule.id === REFERRAL ? { ...schedule, stop: [] } : schedule;
  const found = starts(until, rows).filter((start) => !rows.some((row) => row.day >= start.day && anyMatch(schedule.decline.by, row)));
  return found.flatMap((start) => {
    const record = records.find((rec) => rec.id === start.row.key);
    if (!record) return [];
    const stage = schedule.id === REFERRAL ? referralStage(schedule, record, records) : 'sent';
    const days = now - start.day;
    const time = timeOf(asOf(schedule, start.row.record), days);
    return stage === 'ended' && time === 'lost' ? [] : [{ schedule: schedule.id, record, person, bundle, stage, pending: isPending(record), days, time }];
  });
}

const URGENCY: readonly unknown[] = ['emergency', 'soon', 'routine'];
const byNeed = (a: Loop, b: Loop): number => URGENCY.indexOf(a.record.answers.urgency) - URGENCY.indexOf(b.record.answers.urgency) || b.days - a.days;

/** Everything this worker follows, the most urgent first, then the oldest. */
export function loops(bundles: Iterable<Bundle>, role: string, today: string, all: readonly Schedule[] = book.schedules): Loop[] {
  const schedules = followed(all).filter(({ form }) => formOf(form)?.writers.includes(role));
  const found = [...bundles].flatMap((bundle) => bundle.persons.flatMap((person) => {
    const records = bundle.records.filter((rec) => rec.person === person.id);
    return records.length === 0 ? [] : schedules.flatMap((schedule) => loopsOf(schedule, person, bundle, records, today));
  }));
  return found.sort(byNeed);
}

export interface Lists {
  readonly referrals: readonly Loop[];
  /** taken, not yet back */
  readonly awaited: readonly Loop[];
  /** something was found, or was to be done next */
  readonly next: readonly Loop[];
  readonly lost: readonly Loop[];
  readonly ended: readonly Loop[];
}

export function lists(all: readonly Loop[]): Lists {
  const open = all.filter((loop) => loop.stage !== 'ended');
  const known = open.filter((loop) => loop.time !== 'lost');
  const [referrals, others] = [known.filter((loop) => loop.schedule === REFERRAL), known.filter((loop) => loop.schedule !== REFERRAL)];
  return {
    referrals, awaited: others.filter((loop) => loop.pending), next: others.filter((loop) => !loop.pending),
    lost: open.filter((loop) => loop.time === 'lost'), ended: all.filter((loop) => loop.stage === 'ended'),
  };
}
