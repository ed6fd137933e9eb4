import type { Channels } from '@stockproof/channel-directory';
import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import type { ImportedFor } from '@stockproof/file-imports';
import { NotHeardYet } from '@stockproof/hearsay';
import { derivedId } from '@stockproof/vocabulary';
import { purchaseOrderHandler, purchaseOrderStream } from '../purchasing.streams';
import type { KnownAccounts } from '../reference/known-account';
import { purchaseOrderFiles } from './purchase-order-files';

const clock = { now: () => '2026-03-01T12:00:00.000Z' };
const [accountId, organizationId, north] = ['account', 'organization', 'north'].map((name) => derivedId(name)) as [string, string, string];

const aDesk = ({ automatic = false, byHand = [] as readonly string[], isHeard = true, isLate = false } = {}) => {
  let looks = 0;
  const orders = purchaseOrderHandler(commandHandling({ store: inMemoryEventStore({ clock }), clock }));
  const known: KnownAccounts = {
    worksAutomatically: async () => automatic,
    warehouses: async () => [
      { warehouse_id: north, code: 'NORTH', kind: 'physical', channel: null, enabled: !isLate || (looks += 1) > 1 },
      { warehouse_id: derivedId('both'), code: 'BOTH', kind: 'virtual', channel: null, enabled: true },
      { warehouse_id: derivedId('gone'), code: 'GONE', kind: 'physical', channel: null, enabled: false },
    ],
  };
  const toldSoon: string[] = [];
  const channels = { runSoon: async (kind, _, place) => void toldSoon.push(`${kind} ${place}`) } as Partial<Channels> as Channels;
  const readAs = async (_: unknown, { values = [] }: { readonly values?: readonly unknown[] }) =>
    byHand.filter((number) => number === values[1]).map((number) => ({ purchase_order_id: derivedId(number) }));
  const kind = purchaseOrderFiles({ orders, known, channels, clock, reader: { readAs: readAs as never }, heard: async () => isHeard });
  return {
    toldSoon,
    send: async (fileId: string, ...rows: readonly string[]) => {
      const imported: ImportedFor = {
        ...{ accountId, organizationId, actor: 'user:u', fileId, options: {}, receivedAt: clock.now() },
        contextOf: (row) => ({
          ...{ commandId: derivedId(fileId, row), correlationId: fileId, causationId: fileId },
          ...{ actor: 'user:u', organizationId, accountId },
        }),
      };
      const read = kind.parse(['number,supplier code,warehouse code,sku,quantity,serial', ...rows].join('\n'));
      if (read.outcome === 'unreadable') throw new Error(read.message);
      return (await kind.apply(read.rows, imported)).map(({ row, outcome, code }) => [row, outcome, code]);
    },
    orderNumbered: async (number: string) =>
      (await orders.load(purchaseOrderStream(accountId, derivedId('purchase order of a file', accountId, number)))).state,
  };
};

describe('purchase orders from a file', () => {
  const rows = ['PO-1,ACME,NORTH,TEA,10,', 'PO-1,ACME,NORTH,CUP,4,', 'PO-2,ACME,NORTH,TEA,3,'];

  it('are orders of the account; the same file again, or another with the same numbers, changes nothing', async () => {
    const { send, orderNumbered, toldSoon } = aDesk();
    const taken = [
      [2, 'taken', null],
      [4, 'taken', null],
    ];
    expect([await send('f1', ...rows), await send('f1', ...rows)]).toEqual([taken, taken]);
    expect(await send('f2', 'PO-1,ACME,NORTH,TEA,99,')).toEqual([[2, 'skipped', 'already-there']]);
    const { status, content } = await orderNumbered('PO-1');
    expect([status, content?.warehouseId, content?.lines.map(({ sku, quantity }) => [sku, quantity]), toldSoon]).toEqual([
      'draft',
      north,
      [
        ['TEA', 10],
        ['CUP', 4],
      ],
      [],
    ]);
  });

  it('are approved where the account works automatically, and their warehouse is told', async () => {
    const { send, orderNumbered, toldSoon } = aDesk({ automatic: true });
    await send('f1', ...rows);
    expect([(await orderNumbered('PO-2')).status, toldSoon]).toEqual(['approved', [`export-purchase-orders ${north}`]]);
  });

  it('do not repeat what somebody ordered by hand', async () => {
    const { send } = aDesk({ byHand: ['PO-1'] });
    expect(await send('f1', ...rows)).toEqual([
      [2, 'skipped', 'already-there'],
      [4, 'taken', null],
    ]);
  });

  it.each(['ELSEWHERE', 'BOTH', 'GONE'])('are refused for %s, and the others are taken', async (code) => {
    expect(await aDesk().send('f1', `PO-1,ACME,${code},TEA,1,`, 'PO-2,ACME,NORTH,TEA,1,')).toEqual([
      [2, 'refused', 'warehouse-not-enabled'],
      [3, 'taken', null],
    ]);
  });

  it('wait for a warehouse until all was heard that was said before they came, and look once more before they are refused', async () => {
    await expect(aDesk({ isHeard: false }).send('f1', 'PO-1,ACME,ELSEWHERE,TEA,1,')).rejects.toThrow(NotHeardYet);
    expect(await aDesk({ isLate: true }).send('f1', 'PO-1,ACME,NORTH,TEA,1,')).toEqual([[2, 'taken', null]]);
  });

  it('are refused where they are no order', async () =>
    expect(await aDesk().send('f1', 'PO-1,ACME,NORTH,TEA,2,S-1')).toEqual([[2, 'refused', 'purchase-order-incomplete']]));
});
