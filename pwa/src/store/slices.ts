/** Long work in pieces, with a `pause` after each, so that a tap never waits for the whole. */
export function* slices<T>(all: Iterable<T>, size: number): Generator<T[]> {
  const list = [...all];
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

/** Lets the page do what waits: timers would be slowed down while it is hidden, messages are not. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
