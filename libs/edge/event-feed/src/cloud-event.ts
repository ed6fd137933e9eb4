import type { JsonObject } from '@stockproof/decider';
import type { IntegrationMessage } from '@stockproof/integration-bus';

/** CloudEvents 1.0 in structured mode: the attributes that a topic carries as headers `ce_…`, and the data. */
export type CloudEvent = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly organizationid: string;
  readonly accountid: string;
  readonly orderingkey: string;
  readonly sequence: number;
  readonly sourceposition: string;
  readonly correlationid: string;
  readonly causationid: string;
  readonly traceparent?: string;
  readonly data: JsonObject;
};

/** A message as a topic would carry it, with the data as they may be seen here. */
export const cloudEventOf = (message: IntegrationMessage, data: JsonObject): CloudEvent => ({
  specversion: '1.0',
  id: message.id,
  source: message.source,
  type: message.type,
  subject: message.subject,
  time: message.time,
  datacontenttype: 'application/json',
  organizationid: message.organizationId,
  accountid: message.accountId ?? '',
  orderingkey: message.orderingKey,
  sequence: message.sequence,
  sourceposition: message.sourcePosition,
  correlationid: message.correlationId,
  causationid: message.causationId,
  ...(message.traceparent === undefined ? {} : { traceparent: message.traceparent }),
  data,
});
