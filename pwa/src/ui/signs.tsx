/** The small signs: icon, mark, plate, tag, note. State is told by shape and word first, colour last. */
import type { ComponentChildren } from 'preact';
import type { Word } from '../i18n/words';
import { useT } from './app';
import { ICONS, type IconName } from './icons';

export function Icon({ name }: { name: IconName }) {
  return <svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d={ICONS[name]} /></svg>;
}

/** Where a record is: a draft, on this phone, at the town, or waiting for a person to look. */
export type At = 'draft' | 'here' | 'town' | 'ask';

const AT: Readonly<Record<At, Word>> = {
  draft: ['草稿', 'Draft'],
  here: ['在手机上', 'On this phone'],
  town: ['镇里收到', 'The town has it'],
  ask: ['要你看一眼', 'Needs a look'],
};

export function Mark({ at }: { at: At }) {
  const t = useT();
  return <i class="mark" data-at={at} role="img" aria-label={t(AT[at])} />;
}

export const Plate = ({ children }: { children: ComponentChildren }) => <b class="plate">{children}</b>;

export type Tone = 'ok' | 'late' | 'stop' | 'act' | '';

export const Tag = ({ tone = '', children }: { tone?: Tone; children: ComponentChildren }) => (
  <span class={`tag ${tone}`}>{children}</span>
);

interface NoteProps {
  tone?: Tone;
  icon?: IconName;
  id?: string;
  role?: 'status' | 'alert';
  children: ComponentChildren;
}

export function Note({ tone = '', icon = 'lost', id, role, children }: NoteProps) {
  return (
    <div class={`note ${tone}`} id={id} role={role}>
      <Icon name={icon} />
      <div class="grow">{children}</div>
    </div>
  );
}
