import { projectionTest, testAccount as accountId, type WrittenDown } from '@stockproof/projections/testing';
import { sql } from '@stockproof/sql';
import type { ItemEvent, LevelReportRecorded } from '@stockproof/stock-domain';
import { derivedId } from '@stockproof/vocabulary';
import { levelReportsProjection } from './level-reports.projection';

const [report, warehouseId] = [derivedId('report'), derivedId('north')];
const [takenAt, now] = ['2026-01-10T11:00:00.000Z', '2026-01-10T12:00:00.000Z'];

const reported = (sku: string, figure: number, by: number): WrittenDown => ({
  type: 'StockLevelReported',
  data: {
    ...{ sku, reportId: report, warehouseId, takenAt, decidedAt: now, source: 'channel:north', meaning: 'on-hand' },
    ...{ reported: figure, flowsSince: 0, totalBefore: figure - by },
    changes: by === 0 ? [] : [{ warehouseId, at: takenAt, total: by }],
  } satisfies Extract<ItemEvent, { readonly type: 'StockLevelReported' }>['data'],
  stream: `stock.item-${accountId}-${sku}`,
});

const recorded: WrittenDown = {
  type: 'LevelReportRecorded',
  data: {
    ...{ reportId: report, warehouseId, takenAt, decidedAt: now, source: 'channel:north', meaning: 'on-hand', digest: 'abc' },
    ...{ applied: 1, unchanged: 2, refused: 1 },
    refusals: [{ sku: 'GHOST', outcome: 'refused', code: 'unknown-sku' }],
  } satisfies LevelReportRecorded['data'],
  stream: `stock.levelReport-${accountId}-${report}`,
};

describe('the view of level reports', () => {
  const view = projectionTest(levelReportsProjection);

  it('shows each report once, and what became of the rows that said something', async () => {
    await view.given([reported('tea', 7, -2), reported('cup', 4, 0), recorded]);
    expect(await view.rowsOf('level_reports_v1')).toEqual([
      expect.objectContaining({ report_id: report, warehouse_id: warehouseId, digest: 'abc', applied: 1, unchanged: 2, refused: 1 }),
    ]);
    const rows = await view.rowsOf('level_report_rows_v1');
    expect(rows.map((row) => [row['sku'], row['outcome'], row['code'], row['reported'], row['change']])).toEqual([
      ['cup', 'unchanged', null, 4, 0],
      ['GHOST', 'refused', 'unknown-sku', null, 0],
      ['tea', 'applied', null, 7, -2],
    ]);
  });

  it('is seen by nobody else', async () => {
    await view.given([reported('tea', 7, -2), recorded]);
    const other = { kind: 'account', accountId: derivedId('another account') } as const;
    expect(await view.readAs(sql('select * from level_reports_v1'))).toHaveLength(1);
    expect(await view.readAs(sql('select * from level_reports_v1'), other)).toEqual([]);
    expect(await view.readAs(sql('select * from level_report_rows_v1'), other)).toEqual([]);
  });
});
