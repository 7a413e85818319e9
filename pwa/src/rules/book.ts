/** The rulebook as one value, from the files that the generator wrote down. */
import { table } from './own';
import type { Book, ConsentText, Form, Indicator, Labels, Schedule, StockRules } from './shapes';

type Texts = { readonly id: 'consent_texts'; readonly texts: { readonly [purpose: string]: readonly ConsentText[] } };

/** Each argument holds one file a text; the server's reader has checked them all. */
export function bookOf(forms: readonly string[], schedules: readonly string[], labels: readonly string[], stock: string): Book {
  const words = labels.map((text) => JSON.parse(text) as Labels | Texts);
  const texts = words.find((file): file is Texts => file.id === 'consent_texts');
  return {
    forms: byId(forms.map((text) => JSON.parse(text) as Form)),
    schedules: schedules.map((text) => JSON.parse(text) as Schedule),
    indicators: table<Indicator>(),
    labels: byId(words.filter((file): file is Labels => 'words' in file)),
    consent_texts: table(Object.entries(texts?.texts ?? {})),
    stock: JSON.parse(stock) as StockRules,
  };
}

/** Puts whole forms in the place of their heads, and adds what no daily page says: indicators, sources, a few words. */
export function addLater(book: Book, forms: readonly string[], indicators: readonly string[], labels: readonly string[]): void {
  Object.assign(book.forms, byId(forms.map((text) => JSON.parse(text) as Form)));
  Object.assign(book.indicators, byId(indicators.map((text) => JSON.parse(text) as Indicator)));
  Object.assign(book.labels, byId(labels.map((text) => JSON.parse(text) as Labels)));
}

/** Whether the questions are here; a form that was not fetched yet has none. */
export const isWhole = (form: Form): boolean => form.fields.length > 0;

const byId = <F extends { readonly id: string }>(files: readonly F[]): { [id: string]: F } => table(files.map((file) => [file.id, file] as const));
