import {
  csvRecords,
  type CsvRow,
  type FileFault,
  type FileKind,
  type FileRow,
  type ImportedFor,
  type ParsedFile,
  type RowOutcome,
} from '@stockproof/file-imports';
import { derivedId, parseInstant, skuKey, type Instant } from '@stockproof/vocabulary';
import { reportLevels, type Reporting } from './reporting-levels';

/** A row of a file of levels. `again`: the file has spoken of the SKU there and then before; the first word counts. */
export type LevelRow = {
  readonly sku: string;
  readonly warehouse: string;
  readonly quantity: number;
  readonly takenAt: Instant | null;
  readonly again: boolean;
};

export type NamedWarehouse = { readonly warehouseId: string; readonly kind: 'physical' | 'virtual' };

export type LevelsFileOptions = Reporting & {
  /** The warehouses of an account by their codes in lower case. */
  readonly warehouses: (accountId: string) => Promise<ReadonlyMap<string, NamedWarehouse>>;
};

const needed = ['sku', 'warehouse', 'quantity'];
const mostUnits = 1_000_000_000;

const parse = (text: string): ParsedFile<LevelRow> => {
  const rows = csvRecords(text, needed);
  if (typeof rows === 'string')
    return { outcome: 'unreadable', code: 'no-stock-levels', message: `This is no file of stock levels: ${rows}` };
  const said = new Set<string>();
  const read = rows.map((row) => onceOf(said, rowOf(row)));
  return {
    outcome: 'read',
    rows: read.filter((each): each is FileRow<LevelRow> => 'item' in each),
    faults: read.filter((each): each is FileFault => 'code' in each),
  };
};

const cell = (text: string | undefined): string => (text ?? '').trim();

const rowOf = ({ row, record }: CsvRow): FileRow<LevelRow> | FileFault => {
  const [sku, warehouse, said] = [cell(record['sku']), cell(record['warehouse']), cell(record['taken_at'])];
  const quantity = cell(record['quantity']);
  if (sku === '' || sku.length > 200) return { row, code: 'sku', message: 'A SKU of 1 to 200 characters is needed' };
  if (!/^\d{1,10}$/.test(quantity) || Number(quantity) > mostUnits)
    return { row, code: 'quantity', message: `A whole number from 0 to ${mostUnits} is needed` };
  const takenAt = parseInstant(said);
  if (said !== '' && takenAt === null) return { row, code: 'taken-at', message: `"${said}" is no moment with a zone` };
  return { row, item: { sku, warehouse, quantity: Number(quantity), takenAt, again: false } };
};

/** However far apart the two stand: the file is one word of the warehouse, in whatever parts it is taken. */
const onceOf = (said: Set<string>, row: FileRow<LevelRow> | FileFault): FileRow<LevelRow> | FileFault => {
  if (!('item' in row)) return row;
  const { sku, warehouse, takenAt } = row.item;
  const about = JSON.stringify([skuKey(sku), warehouse.toLowerCase(), takenAt]);
  if (said.has(about)) return { ...row, item: { ...row.item, again: true } };
  said.add(about);
  return row;
};

/** Levels from a file: a report per warehouse and moment, as if the warehouse had said it. */
export const stockLevelsFile = (options: LevelsFileOptions): FileKind<LevelRow> => ({
  name: 'stock-levels',
  summary: 'Take stock levels from a CSV file: sku, warehouse (its code), quantity, and where known taken_at',
  mediaTypes: ['text/csv'],
  permission: 'stock:adjust',
  options: {
    takenAt: {
      description: 'When it was counted, where a row says nothing; default: when the file came',
      required: false,
      format: 'instant',
    },
  },
  atOnce: 500,
  parse,
  apply: (rows, imported) => applyRows(options, rows, imported),
});

const applyRows = async (
  options: LevelsFileOptions,
  rows: readonly FileRow<LevelRow>[],
  imported: ImportedFor,
): Promise<readonly RowOutcome[]> => {
  const warehouses = await options.warehouses(imported.accountId);
  // Stock has heard nothing of this account yet: a moment later it has.
  if (warehouses.size === 0) throw new Error('The account has no warehouse yet.');
  const fallback = imported.options['takenAt'] ?? imported.receivedAt;
  const outcomes: RowOutcome[] = [];
  const again = rows.filter(({ item }) => item.again);
  outcomes.push(
    ...again.map(({ row }) => ({ row, outcome: 'skipped', code: 'sku-twice', message: 'The SKU stood in this file before' }) as const),
  );
  const once = rows.filter(({ item }) => !item.again);
  const groups = Map.groupBy(once, ({ item }) => JSON.stringify([item.warehouse.toLowerCase(), item.takenAt ?? fallback]));
  for (const [group, same] of groups) {
    const [code, takenAt] = JSON.parse(group) as [string, Instant];
    const refusal = refusalOf(warehouses.get(code));
    if (refusal !== null) outcomes.push(...same.map(({ row }) => ({ row, outcome: 'refused', ...refusal }) as const));
    else outcomes.push(...(await applyReport(options, same, imported, { warehouseId: warehouses.get(code)?.warehouseId ?? '', takenAt })));
  }
  return outcomes.toSorted((one, other) => one.row - other.row);
};

const refusalOf = (warehouse: NamedWarehouse | undefined): Pick<RowOutcome, 'code' | 'message'> | null => {
  if (warehouse === undefined) return { code: 'warehouse-not-enabled', message: 'The account has no such warehouse' };
  return warehouse.kind === 'physical' ? null : { code: 'not-a-physical-warehouse', message: 'Levels exist on physical warehouses only' };
};

const applyReport = async (
  reporting: LevelsFileOptions,
  rows: readonly FileRow<LevelRow>[],
  { accountId, fileId, actor, contextOf }: ImportedFor,
  { warehouseId, takenAt }: { readonly warehouseId: string; readonly takenAt: Instant },
): Promise<readonly RowOutcome[]> => {
  const begins = rows[0]?.row ?? 0;
  const report = {
    reportId: derivedId('file', accountId, fileId, begins, warehouseId),
    source: actor,
    warehouseId,
    takenAt,
    meaning: 'on-hand',
    rows: rows.map(({ item }) => ({ sku: item.sku, quantity: item.quantity })),
  } as const;
  const { outcomes } = await reportLevels(reporting, accountId, report, { context: contextOf(begins, warehouseId) });
  return rows.map(({ row }, index): RowOutcome => {
    const { outcome, code = null } = outcomes[index] ?? {};
    return outcome === 'refused' ? { row, outcome, code, message: null } : { row, outcome: 'taken', code: null, message: null };
  });
};
