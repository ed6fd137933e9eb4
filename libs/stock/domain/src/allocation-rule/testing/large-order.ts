import type { World } from './any-world';

/** An order of many lines, each of its own SKU, five units each. */
export const largeOrder = (lines: number, candidates: number, free: (line: number, candidate: number) => number): World => {
  const when = '2026-01-10T12:00:00.000Z';
  const ids = Array.from({ length: candidates }, (_, index) => `00000000-0000-4000-8000-00000000000${index}`);
  const numbers = Array.from({ length: lines }, (_, index) => index);
  return {
    wanted: {
      kind: 'allocate',
      orderNumber: '1',
      orderDate: when,
      arrivedAt: when,
      lines: numbers.map((index) => ({ lineId: `${index + 1}`, sku: `SKU-${100_000 + index}`, quantity: 5 })),
      candidates: ids.map((warehouseId, index) => ({ warehouseId, code: `W${index}`, priority: index, checked: true })),
      settings: { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: false },
      holdAttempt: null,
    },
    seen: numbers.map((index) => ({ sku: `SKU-${100_000 + index}`, revision: 1, free: ids.map((_, candidate) => free(index, candidate)) })),
  };
};
