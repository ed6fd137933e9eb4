import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import type { SalesOrderEvent } from '@stockproof/sales-domain';
import type { Statement } from '@stockproof/sql';
import { unnested, type Column } from '../sales-orders/unnested';

type Of<Type extends SalesOrderEvent['type']> = RecordedEvent & { readonly data: Extract<SalesOrderEvent, { type: Type }>['data'] };
type Answer = Of<'ShopTold'> | Of<'ShopRefused'>;

const account = ({ meta }: RecordedEvent): string | null => meta.accountId;

const dueColumns: readonly Column<Of<'ShopUpdateDue'>>[] = [
  ['account_id', 'uuid', account],
  ['order_id', 'uuid', ({ data }) => data.orderId],
  ['telling', 'integer', ({ data }) => data.telling],
  ['channel_id', 'uuid', ({ data }) => data.channelId],
  ['order_number', 'text', ({ data }) => data.orderNumber],
  ['update', 'jsonb', ({ data }) => JSON.stringify(data.update)],
  ['due_at', 'timestamptz', ({ data }) => data.decidedAt],
];

const answerColumns: readonly Column<Answer>[] = [
  ['account_id', 'uuid', account],
  ['order_id', 'uuid', ({ data }) => data.orderId],
  ['telling', 'integer', ({ data }) => data.telling],
  ['outcome', 'text', ({ type }) => (type === 'ShopTold' ? 'told' : 'refused')],
  ['answered_at', 'timestamptz', ({ data }) => data.decidedAt],
  ['external_id', 'text', ({ data }) => ('externalId' in data ? data.externalId : null)],
  ['reason', 'text', ({ data }) => ('reason' in data ? data.reason : null)],
  ['warnings', 'jsonb', ({ data }) => JSON.stringify(data.warnings)],
];

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const due = events.filter((event): event is Of<'ShopUpdateDue'> => event.type === 'ShopUpdateDue');
  const answers = events.filter((event): event is Answer => event.type !== 'ShopUpdateDue');
  return [
    unnested(
      dueColumns,
      due,
      (u) => `insert into sales_shop_updates_v1 (account_id, order_id, telling, channel_id, order_number, update, due_at, outcome, warnings)
              select u.*, 'due', '[]' from ${u} on conflict do nothing`,
    ),
    unnested(
      answerColumns,
      answers,
      (
        u,
      ) => `update sales_shop_updates_v1 s set outcome = u.outcome, answered_at = u.answered_at, external_id = u.external_id, reason = u.reason, warnings = u.warnings
                from ${u} where s.account_id = u.account_id and s.order_id = u.order_id and s.telling = u.telling`,
    ),
  ];
};

/** What shops are told of their orders. */
export const shopUpdatesProjection: Projection = {
  name: 'shop-updates',
  version: 1,
  ddl: readFileSync(join(__dirname, 'shop-updates.sql'), 'utf8'),
  handles: ['ShopUpdateDue', 'ShopTold', 'ShopRefused'],
  project,
};
