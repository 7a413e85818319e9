/** Why something of hers waits for a person, and what she can do. Pure. */
import { both, type T, type Word } from '../../i18n/words';
import { knows, sayCode } from '../../ui/codes';
import { labelOf } from '../../ui/labels';

const CONFLICT = 'conflict:';

const W = {
  two: ['{field}记了两个，都留着', '{field} has two values; both are kept'],
  station: ['{why}，站里会看', '{why}; the station looks at it'],
} as const satisfies Record<string, Word>;

const USUAL: Word = ['不用再记一遍，站里会定。', 'No need to record it again; the station decides.'];
const TODO: Readonly<Record<string, Word>> = {
  conflict: ['你知道哪个对，告诉站里一声。', 'If you know which is right, tell the station.'],
  no_consent: ['下次见面问问她，她愿意了站里才看得到。', 'Ask her when you meet again; the station sees it only if she agrees.'],
  erased_person: ['不用做什么，也别再记她的事。', 'Nothing to do; please record nothing more about her.'],
  late_grant: ['不用做什么。村子又归你了，会自己出现。', 'Nothing to do. If the village becomes yours again it appears by itself.'],
};

/** One clause, without a full stop. */
export function sayWhyAsked(t: T, code: string): string {
  if (code.startsWith(CONFLICT)) return t(W.two, { field: t(both(labelOf('person_fields', code.slice(CONFLICT.length)))) });
  if (knows(code)) return sayCode(t, code);
  const label = labelOf('parked', code);
  return label.zh === code ? sayCode(t, code) : t(W.station, { why: t(both(label)) });
}

export const sayTodo = (t: T, code: string): string => t(TODO[code.split(':')[0] ?? ''] ?? USUAL);
