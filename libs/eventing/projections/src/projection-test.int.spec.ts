import { sql } from '@stockproof/sql';
import type { Projection } from './projection';
import { projectionTest, testAccount, testOrganization } from './testing';
import { stockCounts } from './testing/stock-counts';

const counted = (quantity: number, stream = `stock.item-${testAccount}-a`) => ({ type: 'StockCounted', data: { quantity }, stream });

describe('a view under test', () => {
  const view = projectionTest(stockCounts());

  test('shows the rows of the given events, and of nothing before', async () => {
    await view.given([counted(99)]);
    await view.given([counted(1), counted(2, `stock.item-${testAccount}-b`), { type: 'Unheard', data: {} }, counted(4)]);
    const rows = await view.rowsOf('stock_counts_v1');
    expect(rows).toEqual([
      { account_id: testAccount, stream: `stock.item-${testAccount}-a`, total: 5, seen: 2 },
      { account_id: testAccount, stream: `stock.item-${testAccount}-b`, total: 2, seen: 1 },
    ]);
  });

  test('is read under row-level security', async () => {
    await view.given([counted(1)]);
    const statement = sql('select total from stock_counts_v1');
    expect(await view.readAs(statement)).toEqual([{ total: 1 }]);
    expect(await view.readAs(statement, { kind: 'account', accountId: testOrganization })).toEqual([]);
  });
});

describe('a view whose rows depend on how the log is cut into batches', () => {
  const batches: Projection = {
    ...stockCounts(),
    project: (events) => [sql('insert into stock_counts_v1 values ($1, gen_random_uuid(), $2, 1)', testAccount, events.length)],
  };
  const view = projectionTest(batches);

  test('fails', async () => {
    await expect(view.given([counted(1), counted(2), counted(3)])).rejects.toThrow();
  });
});

describe('a view that names its schema', () => {
  const view = projectionTest({ ...stockCounts(), project: () => [sql('delete from projection_test_views.stock_counts_v1')] });

  test('is refused: a rebuild would write into the living rows', async () => {
    await expect(view.given([counted(1)])).rejects.toThrow('must stand without it');
  });
});
