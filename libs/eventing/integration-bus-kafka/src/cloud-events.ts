import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { JsonObject } from '@stockproof/decider';
import type { DeliveredMessage, IntegrationMessage } from '@stockproof/integration-bus';

/** A record that does not say what every message of ours says: somebody else wrote to the topic. */
export class ForeignRecord extends Error {}

const contentType = 'application/json';

/**
 * CloudEvents 1.0 in Kafka's binary mode: attributes are headers with `ce_` before their names, the value is the data alone. The key is
 * the partition key; the ordering key, which may be narrower, is an extension.
 */
export const recordOf = (message: IntegrationMessage, partition: number): Message => ({
  key: message.partitionKey,
  partition,
  value: JSON.stringify(message.data),
  headers: {
    'content-type': contentType,
    ce_specversion: '1.0',
    ce_id: message.id,
    ce_type: message.type,
    ce_source: message.source,
    ce_subject: message.subject,
    ce_time: message.time,
    ce_organizationid: message.organizationId,
    ...(message.accountId === null ? {} : { ce_accountid: message.accountId }),
    ce_orderingkey: message.orderingKey,
    ce_sequence: String(message.sequence),
    ce_sourceposition: message.sourcePosition,
    ce_ordinal: String(message.ordinal),
    ce_correlationid: message.correlationId,
    ce_causationid: message.causationId,
    ...(message.traceparent === undefined ? {} : { ce_traceparent: message.traceparent }),
  },
});

/** The message of a record. Throws `ForeignRecord` with what is missing or malformed. */
export const messageOf = (topic: string, partition: number, record: KafkaMessage): DeliveredMessage => {
  const place = `${topic}/${partition} at ${record.offset}`;
  const optional = (name: string): string | undefined => headerOf(record.headers, name);
  const text = (name: string): string => optional(name) ?? foreign(place, `no header ${name}`);
  const count = (name: string): number => {
    const given = text(name);
    return /^\d{1,15}$/.test(given) ? Number(given) : foreign(place, `the header ${name} is no number: ${given.slice(0, 40)}`);
  };
  const traceparent = optional('ce_traceparent');
  return {
    id: text('ce_id'),
    type: text('ce_type'),
    source: text('ce_source'),
    subject: text('ce_subject'),
    time: text('ce_time'),
    topic,
    partitionKey: record.key?.toString() ?? foreign(place, 'no key'),
    orderingKey: text('ce_orderingkey'),
    organizationId: text('ce_organizationid'),
    accountId: optional('ce_accountid') ?? null,
    sequence: count('ce_sequence'),
    sourcePosition: text('ce_sourceposition'),
    ordinal: count('ce_ordinal'),
    correlationId: text('ce_correlationid'),
    causationId: text('ce_causationid'),
    ...(traceparent === undefined ? {} : { traceparent }),
    data: dataOf(place, record.value),
    partition,
    offset: record.offset,
  };
};

/** Whether groups pass over this record. */
export const isForeign = (topic: string, partition: number, record: KafkaMessage): boolean => {
  try {
    messageOf(topic, partition, record);
    return false;
  } catch (error) {
    if (error instanceof ForeignRecord) return true;
    throw error;
  }
};

/** The source of a record, or null where it says none: enough to pass over what is not looked for. */
export const sourceOfRecord = (record: KafkaMessage): string | null => headerOf(record.headers, 'ce_source') ?? null;

export const idOfRecord = (record: KafkaMessage): string | null => headerOf(record.headers, 'ce_id') ?? null;

const foreign = (place: string, what: string): never => {
  throw new ForeignRecord(`The record in ${place} is not one of Stockproof: ${what}.`);
};

const headerOf = (headers: IHeaders | undefined, name: string): string | undefined => {
  const value = headers?.[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first?.toString();
};

const dataOf = (place: string, value: Buffer | null): JsonObject => {
  try {
    const data: unknown = JSON.parse(value?.toString() ?? '');
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as JsonObject;
  } catch (error) {
    return foreign(place, `its value is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  return foreign(place, 'its value is no JSON object');
};
