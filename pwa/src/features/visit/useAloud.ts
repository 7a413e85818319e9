/** Reads sentences aloud with the phone's own voice; where there is none, the text stays and no button shows. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lang } from '../../i18n/words';

export interface Aloud {
  readonly able: boolean;
  /** The line being read, -1 when silent. */
  readonly reading: number;
  readonly toggle: () => void;
}

function voiceOf(lang: Lang): SpeechSynthesisVoice | undefined {
  if (!('speechSynthesis' in window)) return undefined;
  return speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(lang));
}

/** Whether the phone has a voice in this tongue; voices come late on some phones. */
function useVoice(lang: Lang): boolean {
  const [able, setAble] = useState(() => voiceOf(lang) !== undefined);
  useEffect(() => {
    if (!('speechSynthesis' in window)) return undefined;
    const look = (): void => setAble(voiceOf(lang) !== undefined);
    look();
    speechSynthesis.addEventListener('voiceschanged', look);
    return () => {
      speechSynthesis.removeEventListener('voiceschanged', look);
      speechSynthesis.cancel();
    };
  }, [lang]);
  return able;
}

/** Slower than speech among friends. */
const RATE = 0.85;

function say(line: string, lang: Lang, onEnd: () => void, onError: () => void): void {
  const said = new SpeechSynthesisUtterance(line);
  const voice = voiceOf(lang);
  if (voice) said.voice = voice;
  said.lang = lang === 'zh' ? 'zh-CN' : 'en';
  said.rate = RATE;
  said.onend = onEnd;
  said.onerror = onError;
  speechSynthesis.speak(said);
}

export function useAloud(lines: readonly string[], lang: Lang): Aloud {
  const [reading, setReading] = useState(-1);
  const able = useVoice(lang);
  const run = useRef(0);
  const speakFrom = (i: number, mine: number): void => {
    if (mine !== run.current) return;
    const line = lines[i];
    setReading(line === undefined ? -1 : i);
    if (line !== undefined) say(line, lang, () => speakFrom(i + 1, mine), () => { if (mine === run.current) setReading(-1); });
  };
  const toggle = (): void => {
    run.current += 1;
    speechSynthesis.cancel();
    if (reading >= 0) setReading(-1);
    else speakFrom(0, run.current);
  };
  return { able, reading, toggle };
}
