/** Windows of one phone tell each other that the store changed. Where the browser cannot, each reads again before it syncs. */

export interface Channel {
  tell: () => void;
  hear: (listener: () => void) => void;
  close: () => void;
}

export function openChannel(name: string): Channel {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => undefined, hear: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(name);
  return {
    tell: () => channel.postMessage('changed'),
    hear: (listener) => void (channel.onmessage = listener),
    close: () => channel.close(),
  };
}
