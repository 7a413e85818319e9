import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { utf8 } from '../store/bytes';
import { openDirectory } from '../store/directory';
import { sendPosted } from './unread';

const posted = [{ headers: { 'suifang-phone': 'p' }, body: utf8('{"rows":1}') }];

async function left(factory: IDBFactory) {
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

test.each([[502, 'application/json'], [200, 'text/html']])('an answer that is not the town’s (%s %s) leaves it for the next time', async (status, type) => {
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
