import { countsOf, wrongIn, type Asked, type Seen, type Told } from './judging';

const asked: Asked = { service: 'sales', answered: 90, refused: 4, turnedAway: 0, failed: [] };
const end: Told = { who: 'sales 1', code: 0, ms: 150, printed: '' };
const orders = { what: 'sales: SalesOrderCreated', acknowledged: ['A', 'B'], found: ['B', 'A'] };
const rolled: Seen = { served: true, told: [end], asked: [asked], effects: [orders] };
const stopped: Seen = { ...rolled, served: false, asked: [{ ...asked, turnedAway: 2 }] };

describe('what processes that were told to stop did is judged', () => {
  it('right where each ended with 0, every request was answered or refused, and each effect is there once', () =>
    expect([wrongIn(rolled), wrongIn(stopped)]).toEqual([[], []]));

  it.each<[string, Seen, string]>([
    ['an exit code', { ...rolled, told: [{ ...end, code: 1, printed: 'Not finished' }] }, 'sales 1 ended with 1: Not finished'],
    ['a kill', { ...rolled, told: [{ ...end, code: null }] }, 'sales 1 ended with a signal: '],
    [
      'a lost answer',
      { ...rolled, asked: [{ ...asked, failed: [{ what: 'POST /v1/sales', why: 'SocketError: other side closed' }] }] },
      'sales: POST /v1/sales failed: SocketError: other side closed',
    ],
    ['a lost effect', { ...rolled, effects: [{ ...orders, found: ['A'] }] }, `${orders.what}: B was acknowledged and is not there`],
    ['a doubled effect', { ...rolled, effects: [{ ...orders, found: ['A', 'B', 'B'] }] }, `${orders.what}: B is there 2 times`],
    [
      'an effect of nobody',
      { ...rolled, effects: [{ ...orders, found: ['A', 'B', 'C'] }] },
      `${orders.what}: C is there and was not acknowledged`,
    ],
    ['nobody there', { ...rolled, asked: [{ ...asked, turnedAway: 1 }] }, 'sales: 1 requests found nobody'],
    ['somebody still there', { ...stopped, asked: [asked] }, 'sales: somebody still takes requests'],
    ['nobody refused', { ...rolled, asked: [{ ...asked, refused: 0 }] }, 'sales: no connection was refused'],
    ['nothing answered', { ...rolled, asked: [{ ...asked, answered: 0 }] }, 'sales: nothing was answered'],
    ['nothing done', { ...rolled, effects: [{ ...orders, acknowledged: [], found: [] }] }, `${orders.what}: nothing was acknowledged`],
  ])('wrong for %s', (_, seen, line) => expect(wrongIn(seen)).toEqual([line]));

  it('and counted in a sentence', () =>
    expect(countsOf([rolled, { ...stopped, told: [{ ...end, code: 1, ms: 2_100 }] }])).toBe(
      '2 times told to stop, 1 ended with 0, after 150 to 2100 ms; 180 requests answered, 8 connections refused, 0 requests failed; ' +
        '4 effects acknowledged, 4 found',
    ));
});
