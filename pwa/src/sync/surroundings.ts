/** What the engine notices of the world: the page becoming visible, the line coming back, time passing. */

export interface Surroundings {
  visible(): boolean;
  /** false: surely no network, so nothing is put on the line and all of it can still be taken back; absent: unknown */
  online?(): boolean;
  /** Called when the page becomes visible or the line comes back; returns how to stop. */
  onAwake(listener: () => void): () => void;
  /** Runs a task once after `ms`; returns how to stop. */
  later(ms: number, task: () => void): () => void;
}

export const browser: Surroundings = {
  visible: () => document.visibilityState === 'visible',
  online: () => navigator.onLine,
  onAwake(listener) {
    const seen = () => document.visibilityState === 'visible' && listener();
    document.addEventListener('visibilitychange', seen);
    addEventListener('online', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('online', seen);
    };
  },
  later(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
