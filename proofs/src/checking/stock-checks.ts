import { notesOn, type Logged, type Verdict } from './evidence';
import { amounts, availableOf, toldOf, type Amounts, type Change } from './item-fold';
import type { ItemLine, Streams } from './timelines';

/** What must hold after every single event of an item, whatever was under way. */
export const stockChecks = ({ items }: Streams): readonly Verdict[] => {
  const promisedOnce = notesOn('no unit is promised twice: allocated + held ≤ total − unsellable at each grant');
  const neverNegative = notesOn('allocated, held, incoming and unsellable are never negative');
  const notBelowZero = notesOn('no adjustment takes more than is there');
  for (const item of items.values())
    for (const [index, event] of item.events.entries()) {
      const wrongAt = (warehouseId: string, isWrong: (after: Amounts) => boolean): string | null => {
        const after = item.after(index, warehouseId);
        return isWrong(after) ? told(item, event, after) : null;
      };
      for (const warehouseId of grantedAt(event)) promisedOnce.look(wrongAt(warehouseId, (after) => availableOf(after) < 0));
      for (const { warehouseId } of toldOf(event).changes) neverNegative.look(wrongAt(warehouseId, isNegative));
      const [taken] = takenBy(event);
      if (taken) notBelowZero.look(wrongAt(taken.warehouseId, ({ total }) => total < 0));
    }
  return [promisedOnce, neverNegative, notBelowZero].map((notes) => notes.verdict());
};

const grantedAt = (event: Logged): ReadonlySet<string> =>
  event.type === 'UnitsGranted' ? new Set(toldOf(event).granted.map(({ warehouseId }) => warehouseId)) : new Set();

const isNegative = (after: Amounts): boolean => amounts.some((name) => name !== 'total' && after[name] < 0);

/** What an adjustment takes away; nothing where a report has counted it already. */
const takenBy = (event: Logged): readonly Change[] => {
  const { changes } = toldOf(event);
  const net = changes.reduce((sum, { total = 0 }) => sum + total, 0);
  return event.type === 'StockAdjusted' && net < 0 ? changes : [];
};

const told = ({ skuKey }: ItemLine, { type, revision }: Logged, after: Amounts): string =>
  `${skuKey} revision ${revision}, ${type}: ${amounts.map((name) => `${name} ${after[name]}`).join(', ')}`;
