import type { Candidate, Choice, Wanted, WantedLine } from './allocation-rule';
import type { StockView } from './stock-view';

/** Up to so many candidates every set is tried; beyond, the best one is taken after another. */
export const exactUpTo = 8;

/** Lines of one SKU for which every way to spread them is tried; a longer list is spread first fit, largest first. */
const spreadExactlyUpTo = 6;

/** The sets of `size` candidates, those of earlier candidates first. */
export const setsOf = (candidates: readonly Candidate[], size: number): readonly (readonly Candidate[])[] => {
  if (size === 0) return [[]];
  return candidates.flatMap((first, index) => setsOf(candidates.slice(index + 1), size - 1).map((rest) => [first, ...rest]));
};

/** An order with its lines by SKU, and views of the stock on which nothing is taken yet. */
export type Order = { readonly wanted: Wanted; readonly groups: readonly (readonly WantedLine[])[]; readonly fresh: () => StockView };

/** Serves all lines from exactly these warehouses, or `null`. */
export const serveAll = ({ wanted, groups, fresh }: Order, warehouses: readonly Candidate[]): readonly Choice[] | null => {
  const view = fresh();
  const choices: Choice[] = [];
  for (const lines of groups) {
    const served = wanted.settings.allowLineSplit ? cutLines(lines, warehouses, view) : spreadLines(lines, warehouses, view);
    if (!served) return null;
    choices.push(...served);
  }
  return choices;
};

/** Serves as much as there is, line by line. */
export const serveSome = ({ wanted, fresh }: Order, warehouses: readonly Candidate[]): readonly Choice[] => {
  const view = fresh();
  return wanted.lines.flatMap((line) => {
    const whole = warehouses.find(({ warehouseId }) => view.free(warehouseId, line) >= line.quantity);
    if (whole) return [take(line, whole, line.quantity, view)];
    if (wanted.settings.allowLineSplit) return pour(line, warehouses, view).choices;
    const most = [...warehouses].sort((a, b) => view.free(b.warehouseId, line) - view.free(a.warehouseId, line))[0];
    const there = most ? view.free(most.warehouseId, line) : 0;
    return most && there > 0 ? [take(line, most, there, view)] : [];
  });
};

const take = (line: WantedLine, { warehouseId }: Candidate, quantity: number, view: StockView): Choice => {
  view.take(warehouseId, line, quantity);
  return { lineId: line.lineId, sku: line.sku, warehouseId, quantity };
};

const pour = (
  line: WantedLine,
  warehouses: readonly Candidate[],
  view: StockView,
): { readonly choices: readonly Choice[]; readonly rest: number } => {
  const choices: Choice[] = [];
  let rest = line.quantity;
  for (const warehouse of warehouses) {
    const part = Math.min(rest, view.free(warehouse.warehouseId, line));
    if (part > 0) choices.push(take(line, warehouse, part, view));
    rest -= part;
  }
  return { choices, rest };
};

const cutLines = (lines: readonly WantedLine[], warehouses: readonly Candidate[], view: StockView): readonly Choice[] | null => {
  const choices: Choice[] = [];
  for (const line of mostBoundFirst(lines)) {
    const poured = pour(line, warehouses, view);
    if (poured.rest > 0) return null;
    choices.push(...poured.choices);
  }
  return choices;
};

/** Whole lines only. Several lines of one SKU are a packing problem: the first fit may fail where another would do. */
const spreadLines = (lines: readonly WantedLine[], warehouses: readonly Candidate[], view: StockView): readonly Choice[] | null => {
  const ordered = largestFirst(lines);
  const most = (warehouseId: string): number => Math.max(...ordered.map((line) => view.free(warehouseId, line)));
  const there = warehouses.reduce((sum, { warehouseId }) => sum + most(warehouseId), 0);
  if (there < lines.reduce((sum, { quantity }) => sum + quantity, 0)) return null;
  const choices: Choice[] = [];
  return spread(ordered, choices, warehouses, view) ? choices : null;
};

const spread = (ordered: readonly WantedLine[], choices: Choice[], warehouses: readonly Candidate[], view: StockView): boolean => {
  const line = ordered[choices.length];
  if (!line) return true;
  for (const warehouse of warehouses) {
    if (view.free(warehouse.warehouseId, line) < line.quantity) continue;
    choices.push(take(line, warehouse, line.quantity, view));
    if (spread(ordered, choices, warehouses, view)) return true;
    choices.pop();
    view.take(warehouse.warehouseId, line, -line.quantity);
    if (ordered.length - choices.length > spreadExactlyUpTo) return false;
  }
  return false;
};

const largestFirst = (lines: readonly WantedLine[]): readonly WantedLine[] =>
  [...lines].sort((a, b) => b.quantity - a.quantity || (a.lineId < b.lineId ? -1 : 1));

/** Who may come from few warehouses pours first, so that the others leave it what only it may take. */
const mostBoundFirst = (lines: readonly WantedLine[]): readonly WantedLine[] =>
  largestFirst(lines).toSorted((a, b) => mayComeFrom(a) - mayComeFrom(b));

const mayComeFrom = ({ candidates }: WantedLine): number => candidates?.length ?? Number.MAX_SAFE_INTEGER;
