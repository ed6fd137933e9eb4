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
import { derivedId, parseInstant, skuKey, type Clock, type Instant } from '@stockproof/vocabulary';
import type { StockStreams } from '../stock.streams';
import { reportLevels } from './reporting-levels';

/** A row of a file of levels. */
export type LevelRow = { readonly sku: string; readonly warehouse: string; readonly quantity: number; readonly takenAt: Instant | null };

export type NamedWarehouse = { readonly warehouseId: string; readonly kind: 'physical' | 'virtual' };

export type LevelsFileOptions = {
  readonly streams: StockStreams;
  readonly clock: Clock;
  /** The warehouses of an account by their codes in lower case. */
  readonly warehouses: (accountId: string) => Promise<ReadonlyMap<string, NamedWarehouse>>;
};

const needed = ['sku', 'warehouse', 'quantity'];
const mostUnits = 1_000_000_000;

const parse = (text: string): ParsedFile<LevelRow> => {
  const rows = csvRecords(text, needed);
  if (typeof rows === 'string')
    return { outcome: 'unreadable', code: 'no-stock-levels', message: `This is no file of stock levels: ${rows}` };
  const read = rows.map(rowOf);
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
  return { row, item: { sku, warehouse, quantity: Number(quantity), takenAt } };
};

/** Levels from a file: a report per warehouse and moment, as if the warehouse had said it. */
export const stockLevelsFile = (options: LevelsFileOptions): FileKind<LevelRow> => ({
  name: 'stock-levels',
  summary: 'Take stock levels from a CSV file: sku, warehouse (its code), quantity, and where known taken_at',
  mediaTypes: ['text/csv'],
  permission: 'stock:adjust',
  options: {
    takenAt: { description: 'When it was counted, where a row says nothing; default: when the file came', required: false, format: 'text' },
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
  const said = imported.options['takenAt'] ?? '';
  const fallback = said === '' ? imported.receivedAt : parseInstant(said);
  if (fallback === null)
    return rows.map(({ row }) => ({ row, outcome: 'refused', code: 'taken-at', message: `takenAt is no moment with a zone: ${said}` }));
  const outcomes: RowOutcome[] = [];
  const groups = Map.groupBy(rows, ({ item }) => JSON.stringify([item.warehouse.toLowerCase(), item.takenAt ?? fallback]));
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

/** One report; a SKU that stands in it twice counts once, as it stood first. */
const applyReport = async (
  { streams, clock }: LevelsFileOptions,
  rows: readonly FileRow<LevelRow>[],
  { accountId, fileId, actor, contextOf }: ImportedFor,
  { warehouseId, takenAt }: { readonly warehouseId: string; readonly takenAt: Instant },
): Promise<readonly RowOutcome[]> => {
  const first = new Map<string, FileRow<LevelRow>>();
  for (const row of rows) if (!first.has(skuKey(row.item.sku))) first.set(skuKey(row.item.sku), row);
  const begins = rows[0]?.row ?? 0;
  const report = {
    reportId: derivedId('file', accountId, fileId, begins, warehouseId),
    source: actor,
    warehouseId,
    takenAt,
    meaning: 'on-hand',
    rows: [...first.values()].map(({ item }) => ({ sku: item.sku, quantity: item.quantity })),
  } as const;
  const { outcomes } = await reportLevels({ streams, clock }, accountId, report, { context: contextOf(begins, warehouseId) });
  const became = new Map(outcomes.map((outcome) => [skuKey(outcome.sku), outcome]));
  return rows.map(({ row, item }): RowOutcome => {
    if (first.get(skuKey(item.sku))?.row !== row)
      return { row, outcome: 'skipped', code: 'sku-twice', message: 'The SKU stood in this file before' };
    const outcome = became.get(skuKey(item.sku));
    if (outcome?.outcome === 'refused') return { row, outcome: 'refused', code: outcome.code, message: null };
    return { row, outcome: 'taken', code: null, message: null };
  });
};
