/** What the form says about an answer, in words with the usual range. Pure. */
import type { Field, Finding, Form } from '../generated/rulebook';
import { both, type T, type Word } from '../i18n/words';
import { shown } from './decimals';

const W: Readonly<Record<string, Word>> = {
  required: ['这一项还没填', 'This is not answered yet'],
  type: ['这里要填整数', 'A whole number is wanted here'],
  option: ['请从上面选一个', 'Please choose one of these'],
  twice: ['选重了', 'Chosen twice'],
  alone: ['选了这个，就不能再选别的', 'This one stands alone'],
  date: ['日子不对', 'This is not a day'],
  line: ['有一行没填好', 'One of the lines is not right'],
  before: ['日子的先后不对，再看一眼', 'These days are in the wrong order; look again'],
  over: ['比前面的数还大，再看一眼', 'More than the number before it; look again'],
  young: ['那时还不到 {age} 岁，看看日子，或看看生日', 'Under {age} then; look at the day, or at the birth'],
  text: ['有打不出的字，请改一改', 'It holds a sign that cannot be kept'],
  range: ['要在 {min}—{max} 之间，再看一眼', 'Between {min} and {max}; look again'],
  too_long: ['最多 {max} 个字', 'At most {max} letters'],
  future: ['这一天还没到', 'This day is still to come'],
  past: ['这一天已经过了', 'This day is over'],
  unusual: ['一般在 {low}—{high}，再看一眼', 'Usually {low}–{high}; look again'],
};

function values(field: Field | undefined): Record<string, string | number> {
  const say = (value: number | undefined, other: string): string => (value === undefined ? other : shown(value, field?.digits));
  const [low, high] = field?.warn ?? [];
  return { min: say(field?.min, '0'), max: say(field?.max, String(field?.max_length ?? '…')), low: say(low, ''), high: say(high, ''), age: field?.not_under?.age ?? '' };
}

/** The rulebook's own words first; ours only where it has none. */
export function sayFinding(t: T, form: Form, finding: Finding): string {
  const rule = form.rules.find((r) => r.id === finding.rule);
  if (rule) return t(both(rule));
  const field = form.fields.find((f) => f.key === finding.field);
  const own = field?.errors?.[finding.code];
  if (own) return t(both(own));
  const word = W[finding.code];
  return word ? t(word, values(field)) : finding.code;
}
