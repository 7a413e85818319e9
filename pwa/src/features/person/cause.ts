import { both, type T } from '../../i18n/words';
import { labelOf } from '../../ui/labels';

/** A reason as it was kept: a word of the list, or what she wrote. */
export const sayCause = (t: T, reason: string): string => t(both(labelOf('correction_reasons', reason)));
