/** How the app looks to this reader: tongue, size of type, light or dark. Kept on the phone, never sent. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Lang } from '../i18n/words';

export type LangChoice = 'zh' | 'en' | 'auto';
export type Size = '1' | '2' | '3';
export type Theme = 'auto' | 'light' | 'dark';

export interface Settings {
  readonly langChoice: Signal<LangChoice>;
  readonly size: Signal<Size>;
  readonly theme: Signal<Theme>;
  /** Names and reasons covered, for a courtyard with neighbours. */
  readonly covered: Signal<boolean>;
  readonly lang: ReadonlySignal<Lang>;
  readonly dark: ReadonlySignal<boolean>;
  keep(): void;
}

/** One small text that outlives a reload; a browser that refuses to keep it only forgets the look. */
export interface Shelf {
  read(): string | null;
  keep(text: string): void;
}

function kept(shelf: Shelf): Record<string, string> {
  try {
    return JSON.parse(shelf.read() ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

const oneOf = <W extends string>(words: readonly W[], found: string | undefined): W =>
  words.find((word) => word === found) ?? (words[0] as W);

/** Reads what was kept; the first word of each list is the default. */
export function createSettings(shelf: Shelf, tongue: string, nightly: Signal<boolean>): Settings {
  const found = kept(shelf);
  const langChoice = signal(oneOf<LangChoice>(['zh', 'en', 'auto'], found.lang));
  const size = signal(oneOf<Size>(['1', '2', '3'], found.size));
  const theme = signal(oneOf<Theme>(['auto', 'light', 'dark'], found.theme));
  const followed: Lang = tongue.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  return {
    langChoice, size, theme,
    covered: signal(false),
    lang: computed(() => (langChoice.value === 'auto' ? followed : langChoice.value)),
    dark: computed(() => (theme.value === 'auto' ? nightly.value : theme.value === 'dark')),
    keep: () => shelf.keep(JSON.stringify({ lang: langChoice.value, size: size.value, theme: theme.value })),
  };
}

/** Writes the look onto the page; call inside an effect. */
export function dress(root: HTMLElement, settings: Settings, practising: boolean): void {
  root.lang = settings.lang.value === 'zh' ? 'zh-CN' : 'en';
  root.dataset.theme = settings.dark.value ? 'dark' : 'light';
  root.dataset.size = settings.size.value;
  root.toggleAttribute('data-drill', practising);
}
