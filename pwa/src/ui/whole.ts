/** A form with all its questions; the rarer ones are fetched from the phone's own files when they are opened. */
import { useEffect, useState } from 'preact/hooks';
import { type Form, moreForms } from '../generated/rulebook';
import { isWhole } from '../rules/book';
import { formAsOf } from '../rules/otherfields';
import type { CountyDays } from '../store/api';
import { useOpenIfAny } from './app';
import { formOf } from './labels';

const known = new WeakMap<Form, readonly [county: CountyDays, form: Form]>();

/** A form as the county asks it, as this phone last heard; the same one while nothing else was heard. */
export function formHere(form: Form, county: CountyDays | undefined): Form {
  if (!county?.fields) return form;
  const was = known.get(form);
  if (was?.[0] === county) return was[1];
  const here = formAsOf(form, county.fields, county.n);
  known.set(form, [county, here]);
  return here;
}

/** undefined while it is being fetched, and for an unknown form. `days`: as it stood under that decision of the county. */
export function useForm(id: string, days?: number): Form | undefined {
  const county = useOpenIfAny()?.store.countyDays.value;
  const [, again] = useState(0);
  const form = formOf(id);
  const missing = form !== undefined && !isWhole(form);
  useEffect(() => {
    if (missing) void moreForms().then(() => again((n) => n + 1), () => undefined);
  }, [missing]);
  if (missing || !form) return undefined;
  return days === undefined ? formHere(form, county) : formAsOf(form, county?.fields ?? {}, days);
}
