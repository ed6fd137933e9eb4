import { text } from 'node:stream/consumers';
import { movementFiles, streamOf } from './movements-file';
import type { StockMovement } from './stock-movements.requests';

const figures = { total: 10, unsellable: 0, allocated: 4, held: 0, incoming: 0, available: 6 };
const movement = (position: string, more: Partial<StockMovement> = {}): StockMovement => ({
  ...{ eventId: 'e', sku: 'TEA', warehouseId: 'w', cause: 'StockAdjusted', effectiveAt: 't', recordedAt: 'u', position },
  ...{ total: -1, unsellable: 0, allocated: 0, held: 0, incoming: 0, before: figures, after: { ...figures, total: 9, available: 5 } },
  ...{ actor: 'user:1', orderId: null, reference: null, reason: 'counted', note: null },
  ...more,
});

async function* pages(...all: readonly (readonly StockMovement[])[]) {
  yield* all;
}

it('a file of rows begins with their names; figures stay figures and nothing is a formula', async () => {
  const rows = [movement('1'), movement('2', { note: 'found, "behind" the door\nyesterday', reference: '=HYPERLINK("x")', sku: '-TEA' })];
  const lines = (await text(streamOf(movementFiles.csv, pages([rows[0]!], [rows[1]!])))).split('\r\n');
  const names = lines[0]?.split(',') ?? [];
  expect(lines[1]?.split(',')[names.indexOf('total')]).toBe('-1');
  expect(lines[1]?.split(',')[names.indexOf('total_before')]).toBe('10');
  expect(lines[2]).toContain(`,'-TEA,w,StockAdjusted,counted,"found, ""behind"" the door\nyesterday","'=HYPERLINK(""x"")",`);
  expect(lines.slice(3)).toEqual(['']);
});

it('a file of JSON lines has every row as it is answered', async () => {
  const rows = [movement('1'), movement('2', { note: '=1' })];
  const written = await text(streamOf(movementFiles.jsonl, pages(rows)));
  expect(
    written
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(rows);
});

it('reads no faster than it is taken, and no further once nobody takes it', async () => {
  let read = 0;
  let ended = false;
  async function* endless() {
    try {
      for (;;) yield [movement(String(++read))];
    } finally {
      ended = true;
    }
  }
  const file = streamOf(movementFiles.jsonl, endless());
  for await (const chunk of file) {
    expect(chunk).toContain('"position":"1"');
    break;
  }
  expect([file.destroyed, ended, read < 5]).toEqual([true, true, true]);
});

it('what fails in between breaks the file off', async () => {
  async function* failing() {
    yield [movement('1')];
    throw new Error('the database is gone');
  }
  await expect(text(streamOf(movementFiles.jsonl, failing()))).rejects.toThrow('the database is gone');
});
