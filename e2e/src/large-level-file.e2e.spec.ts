import { takeLargeFile, type LargeFile } from './testing/large-level-file';

/** `npm run proof:level-file` takes one with a million. */
const rows = 20_000;

describe('a large file of stock levels', () => {
  let file: LargeFile;

  beforeAll(async () => {
    file = await takeLargeFile(rows);
  }, 600_000);

  it('goes on where it was when the product was killed, and leaves one event for each SKU', () => {
    expect(file.killedAt).toBeGreaterThanOrEqual(rows / 4);
    expect(file.wentOnFrom).toBeGreaterThanOrEqual(file.killedAt);
    expect(file.wentOnFrom).toBeLessThan(rows);
    expect([file.events, file.counts]).toEqual([rows, { taken: rows, skipped: 0, refused: 0 }]);
  });
  it('writes nothing the second time', () => expect(file.eventsOfSecondTime).toBe(0));
  it('writes only what changed when a few figures are others', () => {
    expect(file.changedRows).toBe(rows / 1_000);
    expect([file.eventsOfChanged, file.countsOfChanged]).toEqual([
      file.changedRows,
      { taken: file.changedRows, skipped: rows - file.changedRows, refused: 0 },
    ]);
  });
  it('is one report each time', () =>
    expect(file.reports).toEqual([
      expect.objectContaining({ applied: rows, unchanged: 0, refused: 0 }),
      expect.objectContaining({ applied: rows / 1_000, unchanged: rows - rows / 1_000, refused: 0 }),
    ]));
});
