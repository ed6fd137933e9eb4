import type { Wanted } from '../allocation-rule/allocation-rule';
import { aheadOf, keepsItsPlace, outOfTurn, type InLine } from './strict-order';

const waits = (orderId: string, day: number, lines: Readonly<Record<string, number>>): InLine => ({
  orderId,
  attempt: 1,
  wanted: {
    orderDate: `2026-01-0${day}T00:00:00.000Z`,
    arrivedAt: '2026-01-09T00:00:00.000Z',
    lines: Object.entries(lines).map(([sku, quantity], index) => ({ lineId: String(index + 1), sku, quantity })),
  },
});
const nothing = () => 0;

describe('who must go before an order', () => {
  it('is the oldest of the older ones that wait for one of its SKUs, however that is written', () => {
    const line = [waits('second', 2, { tea: 1 }), waits('first', 1, { TEA: 1, cup: 1 }), waits('other', 1, { pot: 1 })];
    expect(aheadOf(line, waits('me', 3, { ' Tea': 1 }), nothing)).toEqual({ orderId: 'first', attempt: 1, skus: [' Tea'] });
  });

  it('is nobody younger, nor another attempt of its own', () => {
    expect(aheadOf([waits('young', 5, { tea: 1 }), waits('me', 1, { tea: 1 })], waits('me', 3, { tea: 1 }), nothing)).toBeNull();
  });

  it('of one date is who arrived first, then who is named first', () => {
    const earlier = { ...waits('z', 3, { tea: 1 }) };
    expect(aheadOf([earlier], waits('a', 3, { tea: 1 }), nothing)).toBeNull();
    const arrived = { ...earlier, wanted: { ...earlier.wanted, arrivedAt: '2026-01-08T00:00:00.000Z' } };
    expect(aheadOf([arrived], waits('a', 3, { tea: 1 }), nothing)?.orderId).toBe('z');
  });

  it('is nobody where it has all that it wants of the SKU', () => {
    const me = waits('me', 3, { tea: 2 });
    expect(aheadOf([waits('old', 1, { tea: 1 })], me, () => 2)).toBeNull();
    expect(aheadOf([waits('old', 1, { tea: 1 })], me, () => 1)?.orderId).toBe('old');
  });
});

describe('an order out of turn', () => {
  const wanted: Wanted = {
    ...{ kind: 'allocate', orderNumber: '1', holdAttempt: null, ...waits('me', 1, { tea: 2 }).wanted },
    candidates: [{ warehouseId: 'A', code: 'A', priority: 1, checked: true }],
    settings: { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: true, strictOrder: true },
  };
  it('gets nothing, and says why at each candidate', () =>
    expect(outOfTurn(wanted)).toEqual({
      choices: [],
      missing: [{ lineId: '1', sku: 'tea', quantity: 2 }],
      reasons: ['not-its-turn'],
      search: 'exact',
    }));
  it('keeps its place only where that was asked for, and never as a hold', () => {
    expect(keepsItsPlace(wanted)).toBe(true);
    expect(keepsItsPlace({ ...wanted, kind: 'hold' })).toBe(false);
    expect(keepsItsPlace({ ...wanted, settings: { ...wanted.settings, strictOrder: false } })).toBe(false);
  });
});
