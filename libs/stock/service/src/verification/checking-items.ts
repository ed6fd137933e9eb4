import { startOfLog, type Position } from '@stockproof/event-store';
import {
  faultsOfItem,
  grantsWithoutOwner,
  hearItemEvent,
  itemHistory,
  stillWithoutOwner,
  takenFromOwners,
  type Finding,
  type ItemEvent,
  type ItemHistory,
  type TakenUnits,
} from '@stockproof/stock-domain';
import { comparedRows, type Row } from './comparing-rows';
import { addToLevels, withVirtual, type LevelRow } from './expected-levels';
import { movementsOf, type Balance } from './expected-movements';
import { unreadable } from './unreadable';
import type { Memberships } from './memberships';
import { readOwners } from './reading-orders';
import { pagesOf, streamOf, type Placed, type Subject, type VerifierTools } from './subjects';
import { readBalanceRows, readLevelRows, readMovementRows, readStrayMovements, type ViewRows } from './view-rows';

/** How many rows of the ledger are read at once; a page of events makes fewer. */
const ledgerRowsAtOnce = 20_000;

/** A ledger that is wrong in so many places is wrong: it is not read to its end. */
const ledgerFindingsKept = 100;

/** One reading of an item's log, with the views' rows at the places that these had when it began. */
type Reading = {
  readonly tools: VerifierTools;
  readonly subject: Subject;
  readonly history: ItemHistory;
  readonly levels: Map<string, LevelRow>;
  readonly levelsAt: Position | null;
  readonly ledgerAt: Position | null;
  /** What the ledger should come to, by warehouse, and where the view has anything at all. */
  readonly balances: Map<string, Balance>;
  readonly shownIn: readonly string[];
  readonly findings: Finding[];
};

/**
 * Everything that is wrong with one SKU of an account: its whole log is folded from the first event; its levels, physical and
 * virtual, and its ledger are compared at equal positions; each grant is held against its owner, each loss against who lost.
 */
export const checkItem = async (tools: VerifierTools, subject: Subject, memberships: Memberships): Promise<readonly Finding[]> => {
  const shown = await readLevelRows(tools.database, subject);
  const ledger = await readBalanceRows(tools.database, subject);
  const reading: Reading = {
    ...{ tools, subject, history: itemHistory(), levels: new Map(), levelsAt: shown.at, ledgerAt: ledger.at },
    ...{ balances: new Map(), shownIn: ledger.rows.map(warehouseOf), findings: [] },
  };
  let position = startOfLog;
  for await (const page of pagesOf<ItemEvent>(tools.store, streamOf(subject))) {
    const unreadable = await takeIn(reading, page, position);
    if (unreadable !== null) return [unreadable];
    position = page.at(-1)?.position ?? position;
  }
  await compareLedger(reading, new Map(), { after: position, upTo: ledger.at });
  await compareBalances(reading, ledger);
  return [
    ...faultsOfItem(reading.history),
    ...(await ownerless(reading)),
    ...reading.findings,
    ...(await levelFindings(reading, shown, memberships)),
  ];
};

/** What a page of events says of the ledger, and from whom it took units. */
type PageSaid = { readonly taken: TakenUnits[]; readonly ledger: Map<string, Row> };

const isWithin = ({ position }: Placed<ItemEvent>, place: Position | null): boolean => place !== null && position <= place;

const hear = ({ history, levels, levelsAt, ledgerAt, balances }: Reading, told: Placed<ItemEvent>, { taken, ledger }: PageSaid): void => {
  taken.push(...hearItemEvent(history, told));
  if (isWithin(told, levelsAt)) addToLevels(levels, told);
  if (isWithin(told, ledgerAt)) for (const [name, row] of movementsOf(told, balances)) ledger.set(name, row);
};

/** Answers what cannot be read: all that follows it means nothing. */
const takeIn = async (reading: Reading, page: readonly Placed<ItemEvent>[], after: Position): Promise<Finding | null> => {
  const said: PageSaid = { taken: [], ledger: new Map() };
  for (const each of page) {
    try {
      hear(reading, each, said);
    } catch (error) {
      return unreadable(each.recorded, error instanceof Error ? error.message : String(error));
    }
  }
  await askLosers(reading, said.taken);
  const last = page.at(-1)?.position ?? after;
  const { ledgerAt } = reading;
  await compareLedger(reading, said.ledger, { after, upTo: ledgerAt !== null && last < ledgerAt ? last : ledgerAt });
  return null;
};

const askLosers = async ({ tools, subject, history, findings }: Reading, taken: readonly TakenUnits[]): Promise<void> => {
  if (taken.length === 0) return;
  const owners = await readOwners(
    tools,
    subject.accountId,
    taken.map(({ orderId }) => orderId),
  );
  findings.push(...takenFromOwners(history.item.sku, taken, owners));
};

const compareLedger = async (
  reading: Reading,
  expected: ReadonlyMap<string, Row>,
  { after, upTo }: { readonly after: Position; readonly upTo: Position | null },
): Promise<void> => {
  const { tools, subject, balances, shownIn, findings } = reading;
  if (upTo === null || upTo <= after || findings.length > ledgerFindingsKept) return;
  const warehouses = [...new Set([...balances.keys(), ...shownIn])];
  const rows = await readMovementRows(tools.database, subject, { after, upTo, warehouses, limit: ledgerRowsAtOnce });
  findings.push(...comparedRows(ledgerOf(reading, upTo), expected, byPlace(rows)));
};

/** What the ledger comes to, and rows of it in warehouses where the SKU never was. */
const compareBalances = async (reading: Reading, { at, rows }: ViewRows): Promise<void> => {
  const { tools, subject, balances, shownIn, findings } = reading;
  if (at === null) return;
  const named = (all: Iterable<Row>) => new Map([...all].map((row) => [`balance ${subject.key} ${warehouseOf(row)}`, row]));
  const strays = await readStrayMovements(tools.database, subject, { upTo: at, warehouses: [...balances.keys(), ...shownIn] });
  findings.push(
    ...comparedRows(ledgerOf(reading, at), named(balances.values()), named(rows)),
    ...comparedRows(ledgerOf(reading, at), new Map(), byPlace(strays)),
  );
};

const ledgerOf = ({ history, subject }: Reading, at: Position) => ({
  ...{ view: 'stock-movements', at, sku: history.item.sku ?? subject.key, orderId: null },
});
const byPlace = (rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [`${String(row['position'])} ${String(row['ordinal'])}`, row]));
const warehouseOf = (row: Row): string => String(row['warehouse_id']);

/** A grant whose attempt came to wait between two looks is gone at the next look; all others stand as they were seen. */
const ownerless = async ({ tools, subject, history }: Reading): Promise<readonly Finding[]> => {
  const owners = await readOwners(
    tools,
    subject.accountId,
    [...history.item.grants.values()].map(({ orderId }) => orderId),
  );
  const suspected = grantsWithoutOwner(history.item, owners);
  if (suspected.length === 0) return [];
  for await (const page of pagesOf<ItemEvent>(tools.store, streamOf(subject), history.revision))
    for (const each of page) hearItemEvent(history, each);
  return stillWithoutOwner(suspected, grantsWithoutOwner(history.item, owners));
};

const levelFindings = async (
  { levels, subject, history }: Reading,
  shown: ViewRows,
  memberships: Memberships,
): Promise<readonly Finding[]> => {
  const members = shown.at === null ? null : await memberships.at(shown.at);
  if (shown.at === null || members === null) return [];
  const found = new Map(shown.rows.map((row) => [String(row['warehouse_id']), row]));
  const spelled = new Map([...found].map(([warehouseId, row]) => [warehouseId, row['sku']]));
  const of = { view: 'stock-levels', at: shown.at, sku: history.item.sku ?? subject.key, orderId: null };
  const named = (rows: ReadonlyMap<string, Row>) => new Map([...rows].map(([id, row]) => [`${subject.key} ${id}`, row]));
  return comparedRows(of, named(withVirtual(levels, members, spelled)), named(found));
};
