import type { IntegrationMessage } from './integration-bus';

/** A message for tests: the n-th that an aggregate of an account told, with ids that say so. */
export const someMessage = (topic: string, aggregate: string, n: number, more: Partial<IntegrationMessage> = {}): IntegrationMessage => ({
  id: `${topic}:${aggregate}:${n}`,
  type: 'stockproof.testing.something-happened.v1',
  source: 'stockproof/testing/log-1',
  subject: aggregate,
  time: '2026-01-31T12:00:00.000Z',
  topic,
  partitionKey: `account-1/${aggregate}`,
  orderingKey: `account-1/${aggregate}`,
  organizationId: 'organization-1',
  accountId: 'account-1',
  sequence: n,
  sourcePosition: String(n).padStart(12, '0'),
  ordinal: 0,
  correlationId: 'correlation-1',
  causationId: 'causation-1',
  data: { n },
  ...more,
});
