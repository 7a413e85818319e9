/** Her residence and the place kept beside it: where she came from, or where she is now. Pure. */
import type { Word } from '../i18n/words';

/** The place of a resident says nothing: it has no name here and is not shown. */
const PLACES: Readonly<Record<string, Word>> = {
  moved_in: ['从哪里来的', 'Where she came from'],
  moved_out: ['现在住在哪里', 'Where she lives now'],
};

/** What the place means for a residence of this kind; undefined where it means nothing. */
export const placeWord = (residence: unknown): Word | undefined => (typeof residence === 'string' ? PLACES[residence] : undefined);
