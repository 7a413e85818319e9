/** How names and numbers are shown until somebody opens them: 周**, 138****5678; the twin of server/rules/masks.py. */

/** The first character, which may be a rare one outside the basic plane, and two stars; "" stays "". */
export const name = (value: string): string => (value === '' ? '' : `${[...value][0] ?? ''}**`);

function middle(value: string): string {
  const signs = [...value];
  if (signs.length <= 7) return '*'.repeat(signs.length);
  return signs.slice(0, 3).join('') + '*'.repeat(signs.length - 7) + signs.slice(-4).join('');
}

/** First three and last four places; a number of seven or fewer is hidden whole. */
export const phone = middle;
export const idNumber = middle;

/** What a phone shows of an identity number of which it holds the last four places only. */
export const idLast4 = (value: string): string => '*'.repeat(14) + value;
