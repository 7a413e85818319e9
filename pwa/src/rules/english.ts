/** English that the build took out of the tables of words and out of the rulebook (scripts/english.mjs), by its Chinese. */
export const english: { words: { readonly [zh: string]: string } } = { words: {} };

/** What stands beside the Chinese, else what was taken out; Chinese while that has not come. */
export const inEnglish = (zh: string, en?: string): string => en ?? english.words[zh] ?? zh;
