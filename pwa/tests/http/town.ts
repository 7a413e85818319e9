/** The real server for a test: started from the project's environment, steered over its standard input. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const PASSWORD = 'peach-blossom-7';
export const VILLAGE = '990131101201';

export interface RealTown {
  url: string;
  ask<T>(verb: object): Promise<T>;
  stop(): Promise<void>;
}

export async function startTown(): Promise<RealTown> {
  const data = await mkdtemp(join(tmpdir(), 'suifang-town-'));
  const python = process.env.SUIFANG_PYTHON ?? join(ROOT, '.venv/bin/python');
  const child = spawn(python, [fileURLToPath(new URL('./town.py', import.meta.url)), data], { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => {
    const line = (await lines.next()) as IteratorResult<string, undefined>;
    if (line.done) throw new Error(`the town is gone\n${said.join('')}`);
    return JSON.parse(line.value) as T;
  };
  const { port } = await next<{ port: number }>();
  return {
    url: `http://127.0.0.1:${port}`,
    ask: <T>(verb: object) => {
      child.stdin.write(`${JSON.stringify(verb)}\n`);
      return next<T>();
    },
    stop: async () => {
      await ended(child);
      await rm(data, { recursive: true, force: true });
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.stdin?.write('{"do":"stop"}\n');
    child.stdin?.end();
  });
}

/** A browser's fetch as far as the engine uses it: the town's address before the path, and its cookie. */
export function browserOf(town: RealTown): { fetch: typeof fetch; asked: string[] } {
  const asked: string[] = [];
  let cookie = '';
  const go: typeof fetch = async (input, init) => {
    const path = input as string;
    asked.push(`${init?.method ?? 'GET'} ${path.replace(/\?.*/, '')}`);
    const response = await fetch(town.url + path, { ...init, headers: { ...(init?.headers as Record<string, string>), cookie } });
    const given = response.headers.get('set-cookie');
    if (given) cookie = given.split(';')[0] ?? '';
    return response;
  };
  return { fetch: go, asked };
}
