import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import type { IncomingOrderEvent, Problem } from '@stockproof/sales-domain';
import type { Statement } from '@stockproof/sql';
import { unnested, type Column } from '../sales-orders/unnested';

/** What a batch says of one order; `undefined`: nothing, the row keeps what it has. */
type Said = {
  readonly account: string;
  readonly id: string;
  received?: Extract<IncomingOrderEvent, { type: 'IncomingOrderReceived' }>['data'];
  content?: object;
  state?: string;
  effect?: string | null;
  reason?: string | null;
  problems?: readonly Problem[];
  warnings?: readonly Problem[];
  last: RecordedEvent;
};

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

const columns: readonly Column<Said>[] = [
  ['account_id', 'uuid', (row) => row.account],
  ['order_id', 'uuid', (row) => row.id],
  ['channel_id', 'uuid', (row) => row.received?.channelId],
  ['order_number', 'text', (row) => row.received?.orderNumber],
  ['way', 'text', (row) => row.received?.way],
  ['shop_state', 'text', (row) => row.received?.shopState],
  ['placed_at', 'timestamptz', (row) => row.received?.placedAt],
  ['received_at', 'timestamptz', (row) => row.received?.decidedAt],
  ['content', 'jsonb', (row) => json(row.content)],
  ['state', 'text', (row) => row.state],
  ['effect', 'text', (row) => row.effect],
  ['reason', 'text', (row) => row.reason],
  ['problems', 'jsonb', (row) => json(row.problems)],
  ['warnings', 'jsonb', (row) => json(row.warnings)],
  ['revision', 'integer', (row) => row.last.revision],
  ['position', 'text', (row) => row.last.position],
];

const hear = (said: Said, event: IncomingOrderEvent): void => {
  switch (event.type) {
    case 'IncomingOrderReceived':
      said.received = event.data;
      said.content = event.data.content;
      // One that is ignored stays so, which only its row may know.
      if (said.state !== 'ignored') said.state = 'received';
      return;
    case 'IncomingOrderCorrected':
      Object.assign(said, { state: 'tried-again', content: event.data.content });
      return;
    case 'IncomingOrderTriedAgain':
      Object.assign(said, { state: 'tried-again' });
      return;
    case 'IncomingOrderFoundWanting':
      Object.assign(said, { state: 'waiting', problems: event.data.problems, warnings: [], reason: '' });
      return;
    case 'IncomingOrderTaken':
      Object.assign(said, { state: 'taken', effect: event.data.effect, warnings: event.data.warnings, problems: [], reason: '' });
      return;
    case 'IncomingOrderRecorded':
      Object.assign(said, { state: 'recorded', reason: event.data.shopState, problems: [], warnings: [] });
      return;
    case 'IncomingOrderIgnored':
      Object.assign(said, { state: 'ignored', reason: event.data.reason });
      return;
  }
};

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const rows = new Map<string, Said>();
  for (const recorded of events) {
    const event = { type: recorded.type, data: recorded.data } as IncomingOrderEvent;
    const [account, id] = [recorded.meta.accountId ?? '', event.data.orderId];
    const said = rows.get(`${account} ${id}`) ?? { account, id, last: recorded };
    said.last = recorded;
    hear(said, event);
    rows.set(`${account} ${id}`, said);
  }
  const all = [...rows.values()];
  const fresh = all.filter((row) => row.received !== undefined);
  return [
    ...(fresh.length === 0
      ? []
      : [
          unnested(
            columns,
            fresh,
            (
              u,
            ) => `insert into incoming_orders_v1 (account_id, order_id, way, shop_state, received_at, content, state, problems, warnings, revision, position)
              select account_id, order_id, way, shop_state, received_at, content, 'received', '[]', '[]', 0, '' from ${u} on conflict do nothing`,
          ),
        ]),
    unnested(
      columns,
      all,
      (
        u,
      ) => `update incoming_orders_v1 o set channel_id = coalesce(u.channel_id, o.channel_id), order_number = coalesce(u.order_number, o.order_number),
          way = coalesce(u.way, o.way), shop_state = coalesce(u.shop_state, o.shop_state), placed_at = coalesce(u.placed_at, o.placed_at),
          received_at = coalesce(u.received_at, o.received_at), content = coalesce(u.content, o.content),
          state = case when u.state = 'received' and o.state = 'ignored' then 'ignored' when u.state = 'tried-again' then 'received' else coalesce(u.state, o.state) end,
          effect = coalesce(u.effect, o.effect), reason = nullif(coalesce(u.reason, o.reason), ''), problems = coalesce(u.problems, o.problems),
          warnings = coalesce(u.warnings, o.warnings), revision = u.revision, position = u.position
        from ${u} where o.account_id = u.account_id and o.order_id = u.order_id`,
    ),
  ];
};

/** What came in, and how it stands. */
export const incomingQueueProjection: Projection = {
  name: 'incoming-queue',
  version: 1,
  ddl: readFileSync(join(__dirname, 'incoming-queue.sql'), 'utf8'),
  handles: [
    'IncomingOrderReceived',
    'IncomingOrderCorrected',
    'IncomingOrderTriedAgain',
    'IncomingOrderFoundWanting',
    'IncomingOrderTaken',
    'IncomingOrderRecorded',
    'IncomingOrderIgnored',
  ],
  project,
};
