import type { RecordedEvent } from '@stockproof/event-store';
import type { ItemEvent, WarehouseEvent } from '@stockproof/stock-domain';
import { skuKey, type Instant } from '@stockproof/vocabulary';

const names = ['total', 'unsellable', 'allocated', 'held', 'incoming'] as const;
export type NaiveFigures = Record<(typeof names)[number] | 'available' | 'publishable', number> & { position: string };

/** `SKU key, warehouse` → figures, as everybody would write it down who had all the time in the world. */
export type NaiveLevels = ReadonlyMap<string, NaiveFigures>;

/** Counts every event up to a place that had happened by a moment. */
export const naivePast = (log: readonly RecordedEvent[], knownUntil: string, happenedBy: Instant): NaiveLevels => {
  const known = log.filter(({ position }) => position <= knownUntil);
  const levels = new Map<string, NaiveFigures>();
  for (const event of known) count(levels, event, happenedBy);
  for (const level of levels.values()) {
    level.available = level.total - level.unsellable - level.allocated - level.held;
    level.publishable = Math.max(0, level.available);
  }
  const members = membersThen(known.filter(({ recordedAt }) => recordedAt <= happenedBy));
  for (const [warehouseId, of] of members) for (const entry of [...levels]) addMember(levels, { warehouseId, of }, entry);
  return levels;
};

const count = (levels: Map<string, NaiveFigures>, { data, recordedAt, position }: RecordedEvent, happenedBy: Instant): void => {
  for (const change of (data as Partial<ItemEvent['data']>).changes ?? []) {
    if (earlier(change.at, recordedAt) > happenedBy) continue;
    const key = `${skuKey(String(data['sku']))} ${change.warehouseId}`;
    const level = levels.get(key) ?? nothing();
    for (const name of names) level[name] += change[name] ?? 0;
    level.position = position;
    levels.set(key, level);
  }
};

const addMember = (
  levels: Map<string, NaiveFigures>,
  { warehouseId, of }: { readonly warehouseId: string; readonly of: readonly string[] },
  [key, level]: readonly [string, NaiveFigures],
): void => {
  const [sku = '', member = ''] = key.split(' ');
  if (!of.includes(member)) return;
  const sum = levels.get(`${sku} ${warehouseId}`) ?? nothing();
  for (const name of [...names, 'available', 'publishable'] as const) sum[name] += level[name];
  if (level.position > sum.position) sum.position = level.position;
  levels.set(`${sku} ${warehouseId}`, sum);
};

const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);

const nothing = (): NaiveFigures => ({
  ...{ total: 0, unsellable: 0, allocated: 0, held: 0, incoming: 0, available: 0, publishable: 0, position: '' },
});

/** The members of each virtual warehouse that the account could use. */
const membersThen = (log: readonly RecordedEvent[]): ReadonlyMap<string, readonly string[]> => {
  const members = new Map<string, readonly string[]>();
  const enabled = new Set<string>();
  for (const recorded of log) {
    const event = { type: recorded.type, data: recorded.data } as WarehouseEvent;
    if (event.type === 'WarehouseMembersReplaced' || event.type === 'WarehouseDescribed')
      members.set(event.data.warehouseId, event.data.members);
    if (event.type === 'WarehouseEnabledForAccount') enabled.add(event.data.warehouseId);
    if (event.type === 'WarehouseDisabledForAccount') enabled.delete(event.data.warehouseId);
  }
  return new Map([...enabled].map((id) => [id, members.get(id) ?? []]));
};
