/** The town's process at the other end of a pipe (tests/simulation/town.py): requests to the real app, and what the desk does. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Worker } from '../../src/store/api';

export interface Registered {
  name: string;
  worker: Worker;
  device: string;
  store: string;
  token: string;
}
export interface Asked {
  method: string;
  path: string;
  headers: { [name: string]: string };
  body: Uint8Array;
  token: string;
}
export interface Said {
  /** 0: the server died before it answered */
  status: number;
  headers: { [name: string]: string };
  body: Uint8Array;
}
type Head = { [key: string]: unknown };

export interface Town {
  /** Lets the server die after so many more writes of the next call. */
  killAfter?: number;
  /** ms since 1970, as the server believes */
  now: number;
  /** counts calls that may have changed something */
  version: number;
  http(asked: Asked): Promise<Said>;
  /** What a verb of the desk answers; {dead: true} when the server died at it. */
  ask<T = Head>(verb: Head): Promise<T & { dead?: true }>;
  stop(): void;
}

export async function startTown(python: string, root: string, folder: string): Promise<Town> {
  const child = spawn(python, ['-m', 'tests.simulation.town', folder], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const next = frames(child);
  await next();
  const send = (head: Head, body: Uint8Array) => {
    child.stdin?.write(framed({ ...head, now: town.now, ...(town.killAfter === undefined ? {} : { kill: town.killAfter }) }, body));
    delete town.killAfter;
    return next();
  };
  const town: Town = {
    now: 0,
    version: 0,
    async http({ body, ...asked }) {
      if (asked.method !== 'GET') town.version += 1;
      const answer = await send({ do: 'http', ...asked }, body);
      return { status: 0, headers: {}, ...answer.head, body: answer.body } as Said;
    },
    async ask<T>(verb: Head) {
      if (!LOOKS.has(String(verb.do))) town.version += 1;
      return (await send(verb, new Uint8Array(0))).head as T & { dead?: true };
    },
    stop: () => void child.stdin?.end(),
  };
  return town;
}

const LOOKS = new Set(['truth', 'has', 'kept_fork', 'prefix', 'sums', 'trace']);

function framed(head: Head, body: Uint8Array): Buffer {
  const packed = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(packed.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  return Buffer.concat([lengths, packed, body]);
}

/** Whole frames, in the order they come; one is asked for at a time. */
function frames(child: ChildProcess): () => Promise<{ head: Head; body: Uint8Array }> {
  let held = Buffer.alloc(0);
  let waiting: { resolve: (frame: { head: Head; body: Uint8Array }) => void; reject: (error: Error) => void } | undefined;
  const tell = () => {
    if (!waiting || held.length < 8) return;
    const [head, body] = [held.readUInt32BE(0), held.readUInt32BE(4)];
    if (held.length < 8 + head + body) return;
    const frame = { head: JSON.parse(held.toString('utf8', 8, 8 + head)) as Head, body: new Uint8Array(held.subarray(8 + head, 8 + head + body)) };
    held = held.subarray(8 + head + body);
    waiting.resolve(frame);
    waiting = undefined;
  };
  child.stdout?.on('data', (part: Buffer) => {
    held = held.length ? Buffer.concat([held, part]) : part;
    tell();
  });
  child.on('exit', (code) => waiting?.reject(new Error(`the town is gone (${code})`)));
  return () => new Promise((resolve, reject) => ((waiting = { resolve, reject }), tell()));
}
