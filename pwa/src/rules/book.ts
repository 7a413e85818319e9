/** The rulebook as one value, from the files that the generator wrote down. */
import { table } from './own';
import type { Book, ConsentText, Form, Indicator, Labels, Schedule, StockRules } from './shapes';

type Texts = readonly string[];
interface Spoken {
  readonly id: 'consent_texts';
  readonly texts: { readonly [purpose: string]: readonly ConsentText[] };
}

/** What Today's list needs: forms come without their questions. Each argument holds one file a text; the server's reader has checked them all. */
export function bookOf(heads: Texts, schedules: Texts, labels: Texts): Book {
  return {
    forms: byId(read<Form>(heads)),
    schedules: read<Schedule>(schedules),
    indicators: table<Indicator>(),
    labels: byId(read<Labels>(labels)),
    consent_texts: table<readonly ConsentText[]>(),
  };
}

/** Puts whole forms in the place of their heads, and adds the words a visit says. */
export function addDaily(book: Book, forms: Texts, labels: Texts): void {
  const words = read<Labels | Spoken>(labels);
  addQuestions(book, forms);
  Object.assign(book.labels, byId(words.filter((file): file is Labels => 'words' in file)));
  for (const file of words) if ('texts' in file) Object.assign(book.consent_texts, file.texts);
}

function addQuestions({ forms }: Book, texts: Texts): void {
  for (const rest of read<Form>(texts)) Object.assign(forms, { [rest.id]: { ...forms[rest.id], ...rest } });
}

interface Later {
  readonly FORMS: Texts;
  readonly INDICATORS: Texts;
  readonly LABELS: Texts;
}

/** The rarer forms in the same way, and what no daily page says: indicators, sources, the rules of stock. */
export function addLater(book: Book, { FORMS, INDICATORS, LABELS }: Later, stock: StockRules): void {
  addQuestions(book, FORMS);
  Object.assign(book.indicators, byId(read<Indicator>(INDICATORS)));
  Object.assign(book.labels, byId(read<Labels>(LABELS)));
  Object.assign(book, { stock });
}

/** Whether the questions are here; a form that was not fetched yet has none. */
export const isWhole = (form: Form): boolean => form.fields.length > 0;

const read = <F>(texts: Texts): F[] => texts.map((text) => JSON.parse(text) as F);
const byId = <F extends { readonly id: string }>(files: readonly F[]): { [id: string]: F } => table(files.map((file) => [file.id, file] as const));
