import { derivedId, skuKey } from '@stockproof/vocabulary';
import type { Operation } from '../clients/record';
import type { Evidence, Logged } from './evidence';
import type { Streams } from './timelines';

type Row = { readonly sku: string; readonly outcome: 'applied' | 'unchanged' | 'refused' };

const reportedIn = new WeakMap<Streams, ReadonlyMap<string, readonly Logged[]>>();

/** What items say of reports, by report and SKU. */
const reportedRows = (streams: Streams): ReadonlyMap<string, readonly Logged[]> => {
  const known = reportedIn.get(streams);
  if (known) return known;
  const all = [...streams.items.values()].flatMap(({ skuKey: key, events }) =>
    events.flatMap((event) => (event.type === 'StockLevelReported' ? [{ key: `${String(event.data['reportId'])} ${key}`, event }] : [])),
  );
  const grouped = new Map([...Map.groupBy(all, ({ key }) => key)].map(([key, own]) => [key, own.map(({ event }) => event)]));
  reportedIn.set(streams, grouped);
  return grouped;
};

/** A report is many commands, one for each row: each row has the effect that its client was told, at most once whatever it was told. */
export const reportFault = ({ accountId }: Evidence, streams: Streams, { asked, outcome, attempts }: Operation): string | null => {
  const { warehouseId, reportId, rows } = asked.body as { warehouseId: string; reportId: string; rows: readonly { sku: string }[] };
  const id = derivedId('report', accountId, warehouseId, reportId);
  const countOf = (sku: string): number => reportedRows(streams).get(`${id} ${skuKey(sku)}`)?.length ?? 0;
  const counts = rows.map(({ sku }) => countOf(sku));
  const records = streams.byStream.get(`stock.levelReport-${accountId}-${id}`)?.length ?? 0;
  if ([records, ...counts].some((count) => count > 1)) return `done twice: ${records} records, ${counts.join(', ')} levels`;
  if (outcome === 'fail') return [records, ...counts].every((count) => count === 0) ? null : 'refused, and it is there';
  if (outcome === 'unknown') return null;
  return records === 1 ? unlikeTold(attempts, countOf) : 'it was not recorded';
};

const unlikeTold = (attempts: Operation['attempts'], countOf: (sku: string) => number): string | null => {
  const told = (attempts.find((attempt) => attempt.outcome === 'ok')?.answer?.body['rows'] ?? []) as readonly Row[];
  const unlike = told.find(({ sku, outcome }) => !fits(outcome, countOf(sku)));
  return unlike === undefined ? null : `told that ${unlike.sku} was ${unlike.outcome}, there are ${countOf(unlike.sku)} events`;
};

/** A row that changed nothing may leave an event all the same: that the report was taken is remembered where something is under way. */
const fits = (became: Row['outcome'], count: number): boolean => became === 'unchanged' || count === (became === 'applied' ? 1 : 0);
