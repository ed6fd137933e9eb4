import { operationsIn, type Entry } from './record';

const asked = { what: 'adjust', method: 'POST', path: '/somewhere', of: 1 } as const;
const invoke = (key: string, attempt = 0): Entry => ({ is: 'invoke', key, attempt, at: attempt * 10, asked });
const told = (is: 'ok' | 'fail' | 'unknown', key: string, attempt = 0): Entry => ({
  is,
  key,
  attempt,
  at: attempt * 10 + 5,
  status: 200,
  body: {},
});
const outcomes = (...entries: readonly Entry[]) =>
  operationsIn(entries.map((entry) => JSON.stringify(entry))).map(({ key, outcome, attempts }) => [key, outcome, attempts.length]);

describe('what a client has written down', () => {
  it('is one operation for each key, however often it was asked', () => {
    expect(outcomes(invoke('a'), invoke('b'), told('fail', 'b'), told('unknown', 'a'), invoke('a', 1), told('ok', 'a', 1))).toEqual([
      ['a', 'ok', 2],
      ['b', 'fail', 1],
    ]);
  });

  it('is unknown where nobody answered, and known for good once somebody has', () => {
    expect(outcomes(invoke('a'), invoke('b'), told('ok', 'b'), invoke('b', 1))).toEqual([
      ['a', 'unknown', 1],
      ['b', 'ok', 2],
    ]);
  });

  it('ends where the client did: half a line is none', () => {
    const lines = [JSON.stringify(invoke('a')), JSON.stringify(told('ok', 'a')).slice(0, 20), ''];
    expect(operationsIn(lines).map(({ outcome }) => outcome)).toEqual(['unknown']);
  });
});
