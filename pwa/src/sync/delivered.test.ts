import { expect, test } from 'vitest';
import { family, village } from './testing/village';
import { settleBag } from '../store/postbox';
import { within } from '../store/within';

/** As the lock page does it: rows go sealed, and their marks are set without opening one. */
async function deliveredUnread(phone: Awaited<ReturnType<typeof village>>['phone'], at: number) {
  await phone.store.close();
  await within(phone.factory, 'wang', async (db) => {
    const rows = (await db.table('outbox').getAll()).map(({ id, dseq }) => ({ id, dseq, post: new Uint8Array(0) }));
    await settleBag(db, { store: 'store-wang', device: 'phone-wang', rows }, rows.map(() => 'sent'), { epoch: 'life-1', backed: 0, at });
  });
  await phone.restart();
}

test('what was delivered while the store was closed stands among the receipts, once', async () => {
  const { phone } = await village();
  await family(phone);
  await deliveredUnread(phone, phone.time.wall + 5000);
  await expect.poll(() => phone.store.status.value.receipts).toEqual([{ at: phone.time.wall + 5000, count: 2 }]);
  await phone.restart();
  expect(phone.store.status.value.receipts).toHaveLength(1);
});
