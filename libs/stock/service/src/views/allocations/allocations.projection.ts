import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import type { AllocationEvent, Behind } from '@stockproof/stock-domain';

/** All events of allocation streams. */
export const attemptEventTypes: readonly AllocationEvent['type'][] = [
  'AllocationRequested',
  'AllocationDecided',
  'AllocationGranted',
  'AllocationHeld',
  'AllocationWaiting',
  'AllocationRefused',
  'AllocationWithdrawn',
  'AllocationEnded',
];

/** What a batch says of one attempt; what it does not say keeps its value. */
type Said = {
  last: RecordedEvent;
  kind?: string;
  orderNumber?: string;
  orderDate?: string;
  status?: string;
  plan?: number;
  units?: unknown;
  missing?: unknown;
  reasons?: unknown;
  behind?: Behind | null;
  planOpenSince?: string | null;
};

const statusAfter = {
  AllocationGranted: 'granted',
  AllocationHeld: 'held',
  AllocationWaiting: 'waiting',
  AllocationRefused: 'refused',
  AllocationWithdrawn: 'withdrawn',
  AllocationEnded: 'ended',
} as const;

/** An attempt that has come to this waits behind nobody, unless it is said, and has nothing. */
const settled = (type: keyof typeof statusAfter) => ({ status: statusAfter[type], units: [], behind: null, planOpenSince: null });

const hear = (said: Said, recorded: RecordedEvent): void => {
  const event = { type: recorded.type, data: recorded.data } as AllocationEvent;
  said.last = recorded;
  switch (event.type) {
    case 'AllocationRequested': {
      const { kind, orderNumber, orderDate } = event.data.wanted;
      Object.assign(said, { kind, orderNumber, orderDate });
      return;
    }
    case 'AllocationDecided':
      Object.assign(said, { plan: event.data.plan, planOpenSince: recorded.recordedAt, reasons: event.data.record?.reasons ?? [] });
      return;
    case 'AllocationGranted':
    case 'AllocationHeld':
      Object.assign(said, settled(event.type), { units: event.data.units, missing: event.data.missing });
      return;
    case 'AllocationWaiting':
    case 'AllocationRefused':
      Object.assign(said, settled(event.type), { missing: event.data.missing, reasons: event.data.reasons });
      if ('behind' in event.data) said.behind = event.data.behind;
      return;
    case 'AllocationWithdrawn':
    case 'AllocationEnded':
      Object.assign(said, settled(event.type));
      return;
  }
};

const columns: readonly (readonly [string, string, (said: Said) => unknown])[] = [
  ['account_id', 'uuid', ({ last }) => last.meta.accountId],
  ['order_id', 'text', ({ last }) => last.data['orderId']],
  ['attempt', 'integer', ({ last }) => last.data['attempt']],
  ['organization_id', 'uuid', ({ last }) => last.meta.organizationId],
  ['kind', 'text', ({ kind }) => kind ?? null],
  ['order_number', 'text', ({ orderNumber }) => orderNumber ?? null],
  ['order_date', 'timestamptz', ({ orderDate }) => orderDate ?? null],
  ['status', 'text', ({ status }) => status ?? null],
  ['plan', 'integer', ({ plan }) => plan ?? null],
  ['units', 'jsonb', ({ units }) => (units === undefined ? null : JSON.stringify(units))],
  ['missing', 'jsonb', ({ missing }) => (missing === undefined ? null : JSON.stringify(missing))],
  ['reasons', 'jsonb', ({ reasons }) => (reasons === undefined ? null : JSON.stringify(reasons))],
  ['behind', 'jsonb', ({ behind }) => (behind ? JSON.stringify(behind) : null)],
  ['plan_open_since', 'timestamptz', ({ planOpenSince }) => planOpenSince ?? null],
  ['revision', 'integer', ({ last }) => last.revision],
  ['decided_at', 'timestamptz', ({ last }) => last.data['decidedAt']],
  ['position', 'text', ({ last }) => last.position],
  ['says_open', 'boolean', ({ planOpenSince }) => planOpenSince !== undefined],
];

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const attempts = new Map<string, Said>();
  for (const event of events) {
    const key = `${event.stream} ${String(event.data['attempt'])}`;
    const said = attempts.get(key) ?? { last: event };
    hear(said, event);
    attempts.set(key, said);
  }
  if (attempts.size === 0) return [];
  const rows = [...attempts.values()];
  const names = columns.map(([name]) => name);
  const casts = columns.map(([, type], index) => `$${index + 1}::${type}[]`);
  return [
    sql(
      `insert into stock_allocations_v2 as a
         (account_id, order_id, attempt, organization_id, kind, order_number, order_date, status, plan, units, missing, reasons, behind, plan_open_since, revision, decided_at, position)
       select u.account_id, u.order_id, u.attempt, u.organization_id, u.kind, u.order_number, u.order_date, coalesce(u.status, 'requested'), coalesce(u.plan, 0),
              coalesce(u.units, '[]'), coalesce(u.missing, '[]'), coalesce(u.reasons, '[]'), u.behind, u.plan_open_since, u.revision, u.decided_at, u.position
         from unnest(${casts.join(', ')}) u(${names.join(', ')})
       on conflict (account_id, order_id, attempt) do nothing`,
      ...columns.map(([, , value]) => rows.map(value)),
    ),
    sql(
      `update stock_allocations_v2 a set
         kind = coalesce(u.kind, a.kind), order_number = coalesce(u.order_number, a.order_number), order_date = coalesce(u.order_date, a.order_date),
         status = coalesce(u.status, a.status), plan = coalesce(u.plan, a.plan), units = coalesce(u.units, a.units), missing = coalesce(u.missing, a.missing),
         reasons = coalesce(u.reasons, a.reasons), behind = case when u.status is null then a.behind else u.behind end, plan_open_since = case when u.says_open then u.plan_open_since else a.plan_open_since end,
         revision = u.revision, decided_at = u.decided_at, position = u.position
         from unnest(${casts.join(', ')}) u(${names.join(', ')})
        where a.account_id = u.account_id and a.order_id = u.order_id and a.attempt = u.attempt`,
      ...columns.map(([, , value]) => rows.map(value)),
    ),
  ];
};

/** Attempts and what became of them; who waits and why. */
export const allocationsProjection: Projection = {
  name: 'allocations',
  version: 2,
  ddl: readFileSync(join(__dirname, 'allocations.sql'), 'utf8'),
  handles: attemptEventTypes,
  project,
};
