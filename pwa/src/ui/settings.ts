/** How the app looks to this reader: tongue, size of type, light or dark. Kept on the phone, never sent. */
import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { learnEnglish, type Lang } from '../i18n/words';

export type LangChoice = 'zh' | 'en' | 'auto';
export type Size = '1' | '2' | '3';
export type Theme = 'auto' | 'light' | 'dark';

export interface Settings {
  readonly langChoice: Signal<LangChoice>;
  readonly size: Signal<Size>;
  readonly theme: Signal<Theme>;
  /** Names and reasons covered, for a courtyard with neighbours. */
  readonly covered: Signal<boolean>;
  /** What is spoken now: Chinese until the English she chose is here. */
  readonly lang: ReadonlySignal<Lang>;
  /** Resolves when the tongue that was kept can be spoken, or cannot be had. */
  readonly ready: Promise<void>;
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
  const tongues = tongueOf(computed(() => (langChoice.value === 'auto' ? followed : langChoice.value)));
  return {
    langChoice, size, theme,
    covered: signal(false),
    ...tongues,
    dark: computed(() => (theme.value === 'auto' ? nightly.value : theme.value === 'dark')),
    keep: () => shelf.keep(JSON.stringify({ lang: langChoice.value, size: size.value, theme: theme.value })),
  };
}

/** English is fetched when it is first wanted; until then the page goes on in Chinese. */
function tongueOf(wanted: ReadonlySignal<Lang>): Pick<Settings, 'lang' | 'ready'> {
  const here = signal(false);
  const learning = { ready: Promise.resolve() };
  effect(() => {
    if (wanted.value === 'en' && !here.peek()) learning.ready = learnEnglish().then(() => { here.value = true; }, () => undefined);
  });
  return { lang: computed(() => (here.value ? wanted.value : 'zh')), ready: learning.ready };
}

/** Writes the look onto the page; call inside an effect. */
export function dress(root: HTMLElement, settings: Settings, practising: boolean): void {
  root.lang = settings.lang.value === 'zh' ? 'zh-CN' : 'en';
  root.dataset.theme = settings.dark.value ? 'dark' : 'light';
  root.dataset.size = settings.size.value;
  root.toggleAttribute('data-drill', practising);
}
