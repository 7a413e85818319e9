/** She looks at the woman, not at the phone: it shakes and beeps, high for a genuine card, low for anything else. */

const SHAKE_MS = 80;
const BEEP_S = 0.12;
const HIGH = 1760;
const LOW = 330;

export interface Signal {
  readonly give: (good: boolean) => void;
  readonly end: () => void;
}

/** Sound begins with the first card; a phone that has none, or is muted, still shakes. */
export function createSignal(): Signal {
  let sound: AudioContext | null = null;
  const beep = (pitch: number): void => {
    sound ??= new AudioContext();
    const [tone, loud] = [sound.createOscillator(), sound.createGain()];
    tone.frequency.value = pitch;
    loud.gain.value = 0.2;
    tone.connect(loud).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + BEEP_S);
  };
  return {
    give: (good) => {
      if ('vibrate' in navigator) navigator.vibrate(good ? SHAKE_MS : [SHAKE_MS, SHAKE_MS, SHAKE_MS]);
      if ('AudioContext' in globalThis) beep(good ? HIGH : LOW);
    },
    end: () => void sound?.close(),
  };
}
