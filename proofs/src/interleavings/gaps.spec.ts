import type { ItemEvent } from '@stockproof/stock-domain';
import { gapsOf } from './gaps';

const at = '2026-01-10T12:00:00.000Z';
const grant = (attempt: number, warehouseId: string): ItemEvent => ({
  type: 'UnitsGranted',
  data: {
    ...{ sku: 'tea', changes: [{ warehouseId, at, allocated: 1 }], decidedAt: at, orderId: 'o', attempt, kind: 'allocate', plan: 1 },
    granted: [{ allocationId: `a${attempt}`, shipmentId: `s${attempt}`, lineId: '1', warehouseId, quantity: 1 }],
    swappedHold: null,
  },
});
const release: ItemEvent = {
  type: 'UnitsReleased',
  data: {
    sku: 'tea',
    changes: [{ warehouseId: 'a', at, allocated: -1 }],
    decidedAt: at,
    orderId: 'o',
    allocationId: 'a1',
    reason: 'moved',
  },
};
const told = (...events: readonly ItemEvent[]) => events.map((event, index) => ({ ...event, revision: index + 1 }));

describe('a move of units', () => {
  it('has no gap where they are promised there before they are freed here', () =>
    expect(gapsOf(told(grant(1, 'a'), grant(2, 'b'), release), 'o')).toEqual([]));
  it('has one where they are freed first', () =>
    expect(gapsOf(told(grant(1, 'a'), release, grant(2, 'b')), 'o')).toEqual(['o has 0 of 1 at revision 2']));
});
