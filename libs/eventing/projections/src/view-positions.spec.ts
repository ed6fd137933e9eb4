import { announcedPositions } from './view-positions';

test('who waits is woken by an announcement, without a look at the table', async () => {
  const positions = announcedPositions(async () => new Map());
  const waiting = positions.waitFor('stock-levels', '0002', 5_000);
  positions.announce('other', '0009');
  positions.announce('stock-levels', '0001');
  positions.announce('stock-levels', '0003');
  expect(await waiting).toBe(true);
});

test('who waits finds out from the table where nobody announces', async () => {
  let reads = 0;
  const positions = announcedPositions(async () => new Map([['stock-levels', String(++reads)]]));
  expect(await positions.waitFor('stock-levels', '3', 5_000)).toBe(true);
  expect(reads).toBe(3);
});

test('who waits longer than its time is told so, also where nothing can be read', async () => {
  const positions = announcedPositions(() => Promise.reject(new Error('no database')));
  expect(await positions.waitFor('stock-levels', '3', 30)).toBe(false);
  expect(await positions.waitFor('stock-levels', '3', 0)).toBe(false);
});

test('what is reached already is answered by the first look', async () => {
  const positions = announcedPositions(async () => new Map([['stock-levels', '5']]));
  expect(await Promise.all(Array.from({ length: 50 }, () => positions.waitFor('stock-levels', '5', 5_000)))).not.toContain(false);
  expect(await positions.positionOf('unknown')).toBe('');
});

test('what was announced already needs no look, and a lower announcement takes it back', async () => {
  let reads = 0;
  const positions = announcedPositions(async () => (reads++, new Map([['stock-levels', '1']])), { firstLookAfterMs: 20 });
  positions.announce('stock-levels', '5');
  expect(await positions.waitFor('stock-levels', '5', 0)).toBe(true);
  expect(reads).toBe(0);
  positions.announce('stock-levels', '');
  expect(await positions.waitFor('stock-levels', '5', 30)).toBe(false);
});
