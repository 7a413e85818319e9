/** The names of sources lie with the rarer forms: a page that says them is drawn again when they are there. */
import { useEffect, useState } from 'preact/hooks';
import { moreForms } from '../../generated/rulebook';

export function useNames(): void {
  const [, again] = useState(0);
  useEffect(() => { void moreForms().then(() => again((n) => n + 1), () => undefined); }, []);
}
