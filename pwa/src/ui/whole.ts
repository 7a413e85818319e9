/** A form with all its questions; the rarer ones are fetched from the phone's own files when they are opened. */
import { useEffect, useState } from 'preact/hooks';
import { type Form, moreForms } from '../generated/rulebook';
import { isWhole } from '../rules/book';
import { formOf } from './labels';

/** undefined while it is being fetched, and for an unknown form. */
export function useForm(id: string): Form | undefined {
  const [, again] = useState(0);
  const form = formOf(id);
  const missing = form !== undefined && !isWhole(form);
  useEffect(() => {
    if (missing) void moreForms().then(() => again((n) => n + 1), () => undefined);
  }, [missing]);
  return missing ? undefined : form;
}
