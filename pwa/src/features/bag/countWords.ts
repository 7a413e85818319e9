import type { Word } from '../../i18n/words';

export const C = {
  title: ['盘点药包', 'Count the bag'],
  sub: ['先数，账上的数数完再看', 'Count first; the book is shown afterwards'],
  subCompare: ['账上的和数到的', 'The book and the count'],
  hint: ['包里一样一样拿出来数。没有了的填 0。', 'Take everything out and count. Write 0 for what is gone.'],
  countOf: ['{item} {lot} 数到几个', '{item} {lot}: how many there are'],
  done: ['数好了，看账', 'Counted: see the book'],
  nothing: ['账上没有，包里有的点“还有别的批”写上。', 'The book has nothing. Write what is there under “Another lot”.'],
  same: ['数到的和账上一样。', 'The count agrees with the book.'],
  differs: ['有 {n} 样不一样。照数到的记，不怪谁。先想想是不是漏记了。', '{n} {n|line differs|lines differ}. What you counted is written; nobody is blamed. Think first of what was not written down.'],
  both: ['账上 {book}，数到 {counted} {unit}', 'book {book}, counted {counted} {unit}'],
  less: ['少 {n} {unit}', '{n} {unit} fewer'],
  more: ['多 {n} {unit}', '{n} {unit} more'],
  why: ['想得起为什么，写一句（可不写）', 'Why, if you know (may stay empty)'],
  again: ['回去再数', 'Count again'],
  save: ['照数到的记下', 'Save what was counted'],
} as const satisfies Record<string, Word>;
