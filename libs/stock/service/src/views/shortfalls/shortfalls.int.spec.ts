import { projectionTest, testAccount as accountId, type WrittenDown } from '@stockproof/projections/testing';
import { sql } from '@stockproof/sql';
import type { ItemEvent } from '@stockproof/stock-domain';
import { derivedId } from '@stockproof/vocabulary';
import { shortfallsProjection } from './shortfalls.projection';

const warehouseId = derivedId('north');
const uncovered = [{ orderId: 'o', allocationId: 'a', quantity: 2 }];

const short = (missing: number, unlisted?: number): WrittenDown => ({
  type: 'StockShortfallFound',
  data: {
    ...{ sku: 'tea', changes: [], decidedAt: '2026-01-10T12:00:00.000Z', warehouseId, missing, uncovered },
    ...(unlisted === undefined ? {} : { unlisted }),
  } satisfies Extract<ItemEvent, { readonly type: 'StockShortfallFound' }>['data'],
  stream: `stock.item-${accountId}-tea`,
});

describe('the view of shortfalls', () => {
  const view = projectionTest(shortfallsProjection);

  it('shows each one with whose promises were uncovered', async () => {
    await view.given([short(2), short(5, 3)]);
    const rows = await view.rowsOf('stock_shortfalls_v1');
    expect(rows.map((row) => [row['sku_key'], row['missing'], row['uncovered'], row['unlisted']])).toEqual([
      ['tea', 2, uncovered, 0],
      ['tea', 5, uncovered, 3],
    ]);
  });

  it('is seen by nobody else', async () => {
    await view.given([short(2)]);
    const other = { kind: 'account', accountId: derivedId('another account') } as const;
    expect(await view.readAs(sql('select * from stock_shortfalls_v1'))).toHaveLength(1);
    expect(await view.readAs(sql('select * from stock_shortfalls_v1'), other)).toEqual([]);
  });
});
