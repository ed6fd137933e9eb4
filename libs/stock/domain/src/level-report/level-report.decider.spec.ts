import { given as givenFor } from '@stockproof/decider-testing';
import { levelReportDecider } from './level-report.decider';

const given = givenFor(levelReportDecider);

describe('recording a level report', () => {
  it('says what became of its rows, and when', () => given().when(record).then(recorded));
  it('says so once', () => given(recorded).when(record).thenNothing());
});

const now = '2026-01-10T12:00:00.000Z';
const report = {
  reportId: 'r',
  source: 'warehouse',
  warehouseId: 'north',
  takenAt: '2026-01-10T11:00:00.000Z',
  meaning: 'on-hand',
  digest: 'abc',
  applied: 1,
  unchanged: 2,
  refused: 1,
  refusals: [{ sku: 'TEA', outcome: 'refused', code: 'report-outdated' }],
} as const;
const record = { type: 'RecordLevelReport', data: { ...report, now } } as const;
const recorded = { type: 'LevelReportRecorded', data: { ...report, decidedAt: now } } as const;
