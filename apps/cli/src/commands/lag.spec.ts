import type { ServiceLag } from '@stockproof/operations';
import { behind, duration } from '../printing/amounts';
import { table } from '../printing/table';
import { wrongOf } from './lag';

const none = { events: 0, more: false, seconds: 0 };
const sound: ServiceLag = {
  service: 'stock',
  head: '0000000000000009',
  views: [{ view: 'stock-levels', version: 1, position: '0000000000000009', lastError: null, building: null, behind: none }],
  publisher: { position: '0000000000000009', movedAt: null, held: true, behind: none },
  consumers: [{ group: 'stock.allocation', topic: 'orders', messages: 0, seconds: 0 }],
  parked: [],
  jobs: [{ kind: 'verify-stock', jobs: 1, lastRunAt: null, nextRunAt: null, failing: 0, lastError: null }],
};
const late = { events: 3, more: false, seconds: 61 };

describe('what is wrong with a service', () => {
  it('is nothing while everything moves', () => {
    expect(wrongOf(sound, 60_000)).toEqual([]);
  });

  it.each<[string, Partial<ServiceLag>]>([
    ['stands still: bad event', { views: [{ ...sound.views[0]!, lastError: 'bad event' }] }],
    ['stock-levels is behind by 3 events, 61 s', { views: [{ ...sound.views[0]!, behind: late }] }],
    ['others were not told of 3 events', { publisher: { ...sound.publisher, behind: late } }],
    ['stock.allocation is 61 s behind on orders', { consumers: [{ ...sound.consumers[0]!, seconds: 61 }] }],
    ['has parked 2 keys', { parked: [{ group: 'stock.allocation', keys: 2, events: 5, oldestSeconds: 1 }] }],
    ['1 of verify-stock failed: no', { jobs: [{ ...sound.jobs[0]!, failing: 1, lastError: 'no' }] }],
  ])('%s', (says, change) => {
    expect(wrongOf({ ...sound, ...change }, 60_000)).toEqual([expect.stringContaining(says)]);
  });

  it('is not lateness where no limit was named', () => {
    expect(wrongOf({ ...sound, publisher: { ...sound.publisher, behind: late } }, Number.POSITIVE_INFINITY)).toEqual([]);
  });
});

describe('what people read', () => {
  it('stands in columns, and tells a terminal nothing', () => {
    expect(table(['A', 'LONGER'], [])).toEqual([]);
    expect(
      table(
        ['A', 'LONGER'],
        [
          ['one\u001b[2Jtwo', 1],
          [null, 'x'],
        ],
      ),
    ).toEqual(['A           LONGER', 'one [2Jtwo  1', '–           x']);
  });

  it.each([
    [0, '0 s'],
    [0.42, '0.4 s'],
    [61, '61 s'],
    [180, '3 min'],
    [7_300, '2 h'],
    [200_000, '2 d'],
  ])('%d seconds are %s', (seconds, says) => {
    expect(duration(seconds)).toBe(says);
  });

  it('says where it did not count on', () => {
    expect(behind({ events: 1, more: false, seconds: 3 })).toBe('1 event, 3.0 s');
    expect(behind({ events: 10_000, more: true, seconds: 300 })).toBe('at least 10000 events, 5 min');
  });
});
