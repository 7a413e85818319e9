/** What a scan says, one card, one sentence, one thing to do. A card opens nothing by itself: she is asked first. */
import type { ComponentChildren } from 'preact';
import { local, sayDay } from '../../i18n/days';
import type { Word } from '../../i18n/words';
import * as dates from '../../rules/dates';
import type { Card, CardList, Verdict } from '../../rules/card';
import { useApp, useOpen, useT } from '../../ui/app';
import { formOf } from '../../ui/labels';
import { Link } from '../../ui/link';
import type { IconName } from '../../ui/icons';
import { Icon, type Tone } from '../../ui/signs';
import { AskHer } from './AskHer';
import { guestOf } from './guest';
import type { Holding } from './holders';
import { Paper } from './OldPaper';
import { inThrees } from './useNumber';
import { W } from './words';

interface Face {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly head: Word;
  readonly hint: Word;
}

const FACES: Readonly<Record<Verdict['at'], Face>> = {
  genuine: { tone: 'ok', icon: 'tick', head: W.genuine, hint: W.until },
  expired: { tone: 'late', icon: 'clock', head: W.expired, hint: W.expiredHint },
  revoked: { tone: 'stop', icon: 'ban', head: W.revoked, hint: W.revokedHint },
  unknown_key: { tone: '', icon: 'lost', head: W.unknown, hint: W.unknownHint },
  damaged: { tone: '', icon: 'lost', head: W.damaged, hint: W.damagedHint },
  not_ours: { tone: '', icon: 'lost', head: W.notOurs, hint: W.notOursHint },
};

function Telling({ face, day, children }: { face: Face; day: string; children?: ComponentChildren }) {
  const t = useT();
  return (
    <section class={`card result ${face.tone}`} role="status">
      <div class="flex"><Icon name={face.icon} /><h2>{t(face.head)}</h2></div>
      <p>{t(face.hint, { day })}</p>
      {children}
    </section>
  );
}

/** A card may be new, or its holder may live elsewhere: the phone cannot tell these apart, and says so. */
function Free({ card }: { card: Card }) {
  const t = useT();
  const { areas, role } = useOpen().store.worker.value;
  const supplies = formOf('contraceptive_supply')?.writers.includes(areas[0]?.role ?? role);
  return (
    <>
      <p><b>{t(W.free)}</b></p>
      <Link class="btn main" to={`/visit/${guestOf(card.id)}/did?do=${supplies ? 'supply' : 'service'}`}><Icon name="box" />{t(W.guest)}</Link>
      <p class="small">{t(W.guestHint)}</p>
      <Link class="btn" to={`/scan/give/${card.id}/${card.expires}`}>{t(W.give)}</Link>
    </>
  );
}

interface ResultProps {
  verdict: Verdict;
  holder: Holding | undefined;
  list: CardList;
  paper: string | null;
}

export function Result({ verdict, holder, list, paper }: ResultProps) {
  const t = useT();
  const { today } = useApp();
  const ends = 'card' in verdict ? dates.text(verdict.card.expires) : null;
  if (paper !== null) return <Paper words={paper} />;
  const open = verdict.at === 'genuine' || verdict.at === 'expired';
  return (
    <>
      <Telling face={FACES[verdict.at]} day={ends ? sayDay(t, ends, today.value) : ''}>
        {open && holder ? <><p>{t(W.whose)}</p><AskHer holder={holder} key={holder.token} /></> : null}
        {verdict.at === 'genuine' && !holder ? <Free card={verdict.card} /> : null}
        {verdict.at === 'unknown_key' ? <Link class="btn main" to="/sync">{t(W.toSync)}</Link> : null}
        {verdict.at === 'damaged' ? <Link class="btn" to="/scan/number">{t(W.type)}</Link> : null}
      </Telling>
      {'card' in verdict ? <p class="small soft">{t(W.number)} <span class="nb">{inThrees(verdict.card.number)}</span></p> : null}
      <p class="small soft">{t(W.listAge, { day: sayDay(t, local(list.at).day, today.value) })}</p>
    </>
  );
}
