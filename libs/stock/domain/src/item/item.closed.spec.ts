import { attemptKey, closedKept, noItem, rememberClosed } from './item.state';

describe('closed attempts of a SKU that very many orders ask for', () => {
  it('are remembered up to a bound, the last ones', () => {
    const item = noItem();
    for (let order = 0; order <= closedKept; order++)
      rememberClosed(item, attemptKey({ orderId: `o${order}`, attempt: 1 }), '2026-01-10T12:00:00.000Z');
    expect([item.closed.size, item.closed.has('o0:1'), item.closed.has(`o${closedKept}:1`)]).toEqual([closedKept, false, true]);
  });
});
