import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { utf8 } from '../store/bytes';
import { openDirectory } from '../store/directory';
import { sendPosted } from './unread';

const delivery = (n: number) => ({ headers: { 'suifang-phone': 'p', 'suifang-signature': `s${n}` }, body: utf8(`{"rows":${n}}`) });

async function left(factory: IDBFactory, posted = [delivery(1)]) {
  const directory = await openDirectory(factory);
  await directory.setPosted(posted);
  directory.close();
  return factory;
}

/** A town that answers the same every time and counts what came. */
function town(status: number, type = 'application/json') {
  const came: string[] = [];
  const send = ((_: string, { body }: RequestInit) => {
    came.push(new TextDecoder().decode(body as Uint8Array));
    return Promise.resolve(new Response('{}', { status, headers: { 'content-type': type } }));
  }) as unknown as typeof fetch;
  return { came, send };
}

test('what the page left is sent once', async () => {
  const factory = await left(new IDBFactory());
  const { came, send } = town(200);
  await sendPosted(factory, send);
  await sendPosted(factory, send);
  expect(came).toEqual(['{"rows":1}']);
});

test.each([[502, 'application/json'], [429, 'application/json'], [200, 'text/html']])('an answer that is not the town’s (%s %s) leaves it for the next time', async (status, type) => {
  const factory = await left(new IDBFactory());
  await expect(sendPosted(factory, town(status, type).send)).rejects.toThrow('not now');
  const { came, send } = town(200);
  await sendPosted(factory, send);
  expect(came).toHaveLength(1);
});

test('a phone that was emptied meanwhile can still make its directory anew', async () => {
  const factory = new IDBFactory();
  await sendPosted(factory, town(200).send);
  const directory = await openDirectory(factory);
  expect(await directory.entries()).toEqual([]);
});

test('a line that breaks in between costs only what had not arrived', async () => {
  const factory = await left(new IDBFactory(), [1, 2, 3].map(delivery));
  const { came, send } = town(200);
  const breaking: typeof fetch = (...asked) => (came.length === 2 ? Promise.reject(new TypeError('no line')) : send(...asked));
  await expect(sendPosted(factory, breaking)).rejects.toThrow('no line');
  await sendPosted(factory, send);
  expect(came).toEqual([1, 2, 3].map((n) => `{"rows":${n}}`));
});

test('what the page leaves while the worker is sending goes as well', async () => {
  const factory = await left(new IDBFactory());
  const { came, send } = town(200);
  const meanwhile: typeof fetch = async (...asked) => {
    if (came.length === 0) await left(factory, [delivery(1), delivery(2)]);
    return send(...asked);
  };
  await sendPosted(factory, meanwhile);
  expect(came).toEqual(['{"rows":1}', '{"rows":2}']);
});
