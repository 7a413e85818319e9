/** What in this visit calls for the technician, and one tap to arrange it. */
import { both } from '../../i18n/words';
import { useT } from '../../ui/app';
import { Icon, Note } from '../../ui/signs';
import { reasonOf } from './handout';
import { calls, referred } from './plan';
import type { StepProps } from './Met';
import { W } from './words';

export function Calls({ draft, who, change }: StepProps) {
  const t = useT();
  const called = calls(draft, who);
  if (called.length === 0 || draft.refer) return null;
  const words = [...new Set(called.map((rule) => t(both(rule))))];
  return (
    <Note tone="late" icon="warn" role="status">
      {words.map((text) => <p key={text}>{text}</p>)}
      <button class="btn" type="button" onClick={() => change(referred(draft, called, reasonOf(called, t)))}><Icon name="send" />{t(W.refer)}</button>
    </Note>
  );
}
