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

/** Serves all lines from exactly these warehouses, or `null`. */
export const serveAll = (wanted: Wanted, warehouses: readonly Candidate[], view: StockView): readonly Choice[] | null => {
  const choices: Choice[] = [];
  for (const lines of bySku(wanted.lines)) {
    const served = wanted.settings.allowLineSplit ? cutLines(lines, warehouses, view) : spread(lines, warehouses, view);
    if (!served) return null;
    choices.push(...served);
  }
  return choices;
};

/** Serves as much as there is, line by line. */
export const serveSome = (wanted: Wanted, warehouses: readonly Candidate[], view: StockView): readonly Choice[] =>
  wanted.lines.flatMap((line) => {
    const whole = warehouses.find(({ warehouseId }) => view.free(warehouseId, line) >= line.quantity);
    if (whole) return [take(line, whole, line.quantity, view)];
    if (wanted.settings.allowLineSplit) return pour(line, warehouses, view).choices;
    const most = [...warehouses].sort((a, b) => view.free(b.warehouseId, line) - view.free(a.warehouseId, line))[0];
    const there = most ? view.free(most.warehouseId, line) : 0;
    return most && there > 0 ? [take(line, most, there, view)] : [];
  });

const bySku = (lines: readonly WantedLine[]): readonly (readonly WantedLine[])[] => {
  const groups = new Map<string, WantedLine[]>();
  for (const line of lines) groups.set(line.sku, [...(groups.get(line.sku) ?? []), line]);
  return [...groups.values()];
};

const take = (line: WantedLine, { warehouseId }: Candidate, quantity: number, view: StockView): Choice => {
  view.take(warehouseId, line, quantity);
  return { lineId: line.lineId, sku: line.sku, warehouseId, quantity };
};

const pour = (line: WantedLine, warehouses: readonly Candidate[], view: StockView): { readonly choices: readonly Choice[]; readonly rest: number } => {
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
const spread = (lines: readonly WantedLine[], warehouses: readonly Candidate[], view: StockView): readonly Choice[] | null => {
  const ordered = largestFirst(lines);
  const [first, ...rest] = ordered;
  if (!first) return [];
  for (const warehouse of warehouses) {
    if (view.free(warehouse.warehouseId, first) < first.quantity) continue;
    const choice = take(first, warehouse, first.quantity, view);
    const others = spread(rest, warehouses, view);
    if (others) return [choice, ...others];
    view.take(warehouse.warehouseId, first, -first.quantity);
    if (ordered.length > spreadExactlyUpTo) return null;
  }
  return null;
};

const largestFirst = (lines: readonly WantedLine[]): readonly WantedLine[] => [...lines].sort((a, b) => b.quantity - a.quantity || (a.lineId < b.lineId ? -1 : 1));

/** Who may come from few warehouses pours first, so that the others leave it what only it may take. */
const mostBoundFirst = (lines: readonly WantedLine[]): readonly WantedLine[] => largestFirst(lines).toSorted((a, b) => mayComeFrom(a) - mayComeFrom(b));

const mayComeFrom = ({ candidates }: WantedLine): number => candidates?.length ?? Number.MAX_SAFE_INTEGER;
