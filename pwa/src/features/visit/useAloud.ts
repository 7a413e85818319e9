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

export function useAloud(lines: readonly string[], lang: Lang): Aloud {
  const [reading, setReading] = useState(-1);
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
  const run = useRef(0);
  const speakFrom = (i: number, mine: number): void => {
    if (mine !== run.current) return;
    const line = lines[i];
    setReading(line === undefined ? -1 : i);
    if (line === undefined) return;
    const said = new SpeechSynthesisUtterance(line);
    const voice = voiceOf(lang);
    if (voice) said.voice = voice;
    said.lang = lang === 'zh' ? 'zh-CN' : 'en';
    said.rate = 0.85;
    said.onend = () => speakFrom(i + 1, mine);
    said.onerror = () => { if (mine === run.current) setReading(-1); };
    speechSynthesis.speak(said);
  };
  const toggle = (): void => {
    run.current += 1;
    speechSynthesis.cancel();
    if (reading >= 0) setReading(-1);
    else speakFrom(0, run.current);
  };
  return { able, reading, toggle };
}
