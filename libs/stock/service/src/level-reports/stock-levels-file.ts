import { createHash } from 'node:crypto';
import type { JsonObject } from '@stockproof/decider';
import {
  csvRows,
  type CsvRow,
  type FileFault,
  type FileRow,
  type ImportedFor,
  type RowOutcome,
  type StreamedFileKind,
  type Unreadable,
} from '@stockproof/file-imports';
import { onceHeard, type Heard } from '@stockproof/hearsay';
import { derivedId, parseInstant, skuKey, type Instant } from '@stockproof/vocabulary';
import { applyPart, recordReport, rowsAtOnce, type LevelReport, type Reporting } from './reporting-levels';

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
  readonly heard: Heard;
};

const needed = ['sku', 'warehouse', 'quantity'];
const mostUnits = 1_000_000_000;

async function* rowsIn(text: AsyncIterable<string>): AsyncIterable<FileRow<LevelRow> | FileFault | Unreadable> {
  const said = new Set<string>();
  for await (const row of csvRows(text, needed))
    if (typeof row === 'string') yield { unreadable: { code: 'no-stock-levels', message: `This is no file of stock levels: ${row}` } };
    else yield onceOf(said, rowOf(row));
}

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

/** Levels from a file: a report per warehouse, as if the warehouse had said it. */
export const stockLevelsFile = (options: LevelsFileOptions): StreamedFileKind<LevelRow> => ({
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
  atOnce: rowsAtOnce,
  limitBytes: 128 * 1_048_576,
  rowsOf: rowsIn,
  apply: (rows, imported) => applyRows(options, rows, imported),
  sum: sumRows,
  finish: (imported, sums) => recordFile(options, imported, sums),
});

const again = { outcome: 'skipped', code: 'sku-twice', message: 'The SKU stood in this file before' } as const;

const applyRows = async (
  options: LevelsFileOptions,
  rows: readonly FileRow<LevelRow>[],
  imported: ImportedFor,
): Promise<readonly RowOutcome[]> => {
  const warehouses = await onceHeard({
    heard: options.heard,
    at: imported.receivedAt,
    accountId: imported.accountId,
    look: () => options.warehouses(imported.accountId),
    missing: (known) => {
      const unknown = rows.find(({ item }) => !known.has(item.warehouse.toLowerCase()));
      return unknown === undefined ? null : `warehouse ${unknown.item.warehouse}`;
    },
  });
  const outcomes: RowOutcome[] = rows.filter(({ item }) => item.again).map(({ row }) => ({ row, ...again }));
  const once = rows.filter(({ item }) => !item.again);
  const groups = Map.groupBy(once, ({ item }) => JSON.stringify([item.warehouse.toLowerCase(), item.takenAt ?? momentOf(imported)]));
  for (const [group, same] of groups) {
    const [code, takenAt] = JSON.parse(group) as [string, Instant];
    const refusal = refusalOf(warehouses.get(code));
    if (refusal !== null) outcomes.push(...same.map(({ row }) => ({ row, outcome: 'refused', ...refusal }) as const));
    else outcomes.push(...(await applyMoment(options, same, imported, { warehouseId: warehouses.get(code)?.warehouseId ?? '', takenAt })));
  }
  return outcomes.toSorted((one, other) => one.row - other.row);
};

const momentOf = ({ options, receivedAt }: ImportedFor): Instant => options['takenAt'] ?? receivedAt;

const refusalOf = (warehouse: NamedWarehouse | undefined): Pick<RowOutcome, 'code' | 'message'> | null => {
  if (warehouse === undefined) return { code: 'warehouse-not-enabled', message: 'The account has no such warehouse' };
  return warehouse.kind === 'physical' ? null : { code: 'not-a-physical-warehouse', message: 'Levels exist on physical warehouses only' };
};

const reportIdOf = ({ accountId, fileId }: ImportedFor, warehouseId: string): string => derivedId('file', accountId, fileId, warehouseId);

/** A part of what the file says of one warehouse: the rows of one moment. */
const applyMoment = async (
  reporting: LevelsFileOptions,
  rows: readonly FileRow<LevelRow>[],
  imported: ImportedFor,
  { warehouseId, takenAt }: { readonly warehouseId: string; readonly takenAt: Instant },
): Promise<readonly RowOutcome[]> => {
  const { accountId, actor, contextOf } = imported;
  const report: LevelReport = {
    ...{ reportId: reportIdOf(imported, warehouseId), source: actor, warehouseId, takenAt, meaning: 'on-hand', hasMoments: true },
    rows: rows.map(({ item }) => ({ sku: item.sku, quantity: item.quantity })),
  };
  const { outcomes } = await applyPart(reporting, accountId, report, contextOf(rows[0]?.row ?? 0, warehouseId));
  return rows.map(({ row }, index): RowOutcome => {
    const { outcome, code = null } = outcomes[index] ?? {};
    if (outcome === 'refused') return { row, outcome, code, message: null };
    return { row, outcome: outcome === 'unchanged' ? 'skipped' : 'taken', code: null, message: null };
  });
};

/** What a file has said of one warehouse so far. */
type Sum = {
  readonly takenAt: Instant;
  readonly digest: string;
  readonly applied: number;
  readonly unchanged: number;
  readonly refused: number;
};
type Sums = Readonly<Record<string, Sum>>;

const sumRows: StreamedFileKind<LevelRow>['sum'] = (sums, rows, outcomes, imported) => {
  const became = new Map(outcomes.map((outcome) => [outcome.row, outcome]));
  const counted = rows.filter(({ item }) => !item.again && item.warehouse !== '');
  const added = [...Map.groupBy(counted, ({ item }) => item.warehouse.toLowerCase())].map(([code, here]) => {
    const known = (sums as Sums)[code] ?? { takenAt: '', digest: '', applied: 0, unchanged: 0, refused: 0 };
    const of = (wanted: RowOutcome['outcome']) => here.filter(({ row }) => became.get(row)?.outcome === wanted).length;
    const said = here.map(({ item: { sku, quantity, takenAt } }) => [sku, quantity, takenAt]);
    return [
      code.slice(0, 100),
      {
        takenAt: [known.takenAt, ...here.map(({ item }) => item.takenAt ?? momentOf(imported))].reduce((one, other) =>
          one > other ? one : other,
        ),
        digest: createHash('sha256').update(known.digest).update(JSON.stringify(said)).digest('hex'),
        ...{ applied: known.applied + of('taken'), unchanged: known.unchanged + of('skipped'), refused: known.refused + of('refused') },
      },
    ] as const;
  });
  // Codes that nobody has would add up with every row.
  return Object.fromEntries([...Object.entries(sums as Sums), ...added].slice(-warehousesSummed));
};
const warehousesSummed = 1_000;

/** Each warehouse's part of the file is one report, recorded once; the file's own rows say what was refused. */
const recordFile = async (options: LevelsFileOptions, imported: ImportedFor, sums: JsonObject): Promise<void> => {
  const { accountId, actor } = imported;
  for (const [code, named] of await options.warehouses(accountId)) {
    const sum = (sums as Sums)[code];
    if (sum === undefined || named.kind !== 'physical') continue;
    const { warehouseId } = named;
    const report = { reportId: reportIdOf(imported, warehouseId), source: actor, warehouseId, meaning: 'on-hand', refusals: [] } as const;
    await recordReport(options, accountId, { ...report, ...sum }, imported.contextOf(0, warehouseId));
  }
};
