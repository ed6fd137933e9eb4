import { projectionTest, testAccount as accountId, type WrittenDown } from '@stockproof/projections/testing';
import { sql, type Statement, type Tenant, type TenantReader } from '@stockproof/sql';
import type { ItemEvent } from '@stockproof/stock-domain';
import { derivedId } from '@stockproof/vocabulary';
import { discrepanciesProjection } from './discrepancies.projection';
import { readDiscrepancies, type DiscrepancyRow } from './discrepancies.query';

const [report, warehouseId] = [derivedId('report'), derivedId('north')];
const [before, takenAt, now] = ['2026-01-10T10:00:00.000Z', '2026-01-10T11:00:00.000Z', '2026-01-10T12:00:00.000Z'];
const stream = `stock.item-${accountId}-tea`;

const found = (residual: number): WrittenDown => ({
  type: 'StockDiscrepancyFound',
  data: { sku: 'tea', changes: [], decidedAt: now, reportId: report, warehouseId, takenAt, residual } satisfies Extract<
    ItemEvent,
    { readonly type: 'StockDiscrepancyFound' }
  >['data'],
  stream,
});
const heardLate = (by: number): WrittenDown => ({
  type: 'StockAdjusted',
  data: {
    ...{ sku: 'tea', decidedAt: now, reason: 'counted', note: null, reference: null },
    changes: [
      { warehouseId, at: before, total: by },
      { warehouseId, at: takenAt, total: -by, inReport: true },
    ],
  } satisfies Extract<ItemEvent, { readonly type: 'StockAdjusted' }>['data'],
  stream,
});

describe('the view of discrepancies', () => {
  const view = projectionTest(discrepanciesProjection);
  const seen = async () => (await view.rowsOf('stock_discrepancies_v1')).map((row) => [row['report_id'], row['residual'], row['open']]);

  it('shows what a report left open, and what is left of it once flows before it are heard of', async () => {
    await view.given([found(-5)]);
    expect(await seen()).toEqual([[report, -5, -5]]);
    await view.given([found(-5), heardLate(-2)]);
    expect(await seen()).toEqual([[report, -5, -3]]);
    await view.given([found(-5), heardLate(-2), heardLate(-3)]);
    expect(await seen()).toEqual([[report, -5, 0]]);
  });

  it('shows also what a report had right only by chance', async () => {
    await view.given([heardLate(-2)]);
    expect(await seen()).toEqual([[null, 0, 2]]);
  });

  it('is read page by page, all of it or what is open or explained', async () => {
    const cup = { ...found(3), data: { ...found(3).data, sku: 'cup' } } as WrittenDown;
    await view.given([found(-5), cup, heardLate(-5)]);
    const reader = { readAs: (tenant: Tenant, statement: Statement) => view.readAs(statement, tenant) } as unknown as TenantReader;
    const read = async (open: boolean | null, sku: string | null = null) => {
      const seen: string[] = [];
      let after: DiscrepancyRow | null = null;
      do {
        const rows: readonly DiscrepancyRow[] = await readDiscrepancies(reader, accountId, { open, sku, warehouseId }, { after, limit: 1 });
        seen.push(...rows.slice(0, 1).map((row) => `${row.sku} ${row.residual} ${row.open}`));
        after = rows.length > 1 ? (rows[0] ?? null) : null;
      } while (after !== null);
      return seen;
    };
    expect(await read(null)).toEqual(['tea -5 0', 'cup 3 3']);
    expect(await read(true)).toEqual(['cup 3 3']);
    expect(await read(false)).toEqual(['tea -5 0']);
    expect(await read(null, 'CUP')).toEqual(['cup 3 3']);
  });

  it('is seen by nobody else', async () => {
    await view.given([found(-5)]);
    const other = { kind: 'account', accountId: derivedId('another account') } as const;
    expect(await view.readAs(sql('select * from stock_discrepancies_v1'))).toHaveLength(1);
    expect(await view.readAs(sql('select * from stock_discrepancies_v1'), other)).toEqual([]);
  });
});
