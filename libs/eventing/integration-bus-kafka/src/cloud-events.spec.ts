import type { KafkaMessage } from 'kafkajs';
import { someMessage } from '@stockproof/integration-bus/testing';
import { ForeignRecord, messageOf, recordOf } from './cloud-events';

const topic = 'stockproof.testing.orders-events.v1';
const message = someMessage(topic, 'order-1', 7, { partitionKey: 'account-1', accountId: null, traceparent: '00-a-b-01', ordinal: 2 });

/** A record as the broker hands it out: everything is bytes. */
const received = (change: (headers: Record<string, string>) => void = () => undefined, value?: string): KafkaMessage => {
  const { key, value: data, headers } = recordOf(message, 3);
  const texts = { ...(headers as Record<string, string>) };
  change(texts);
  return {
    key: Buffer.from(String(key)),
    value: Buffer.from(value ?? String(data)),
    headers: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)])),
    offset: '41',
    timestamp: '0',
    attributes: 0,
  };
};

describe('a message as a record', () => {
  it('is CloudEvents 1.0 in binary mode: attributes in headers, the data alone in the value, the partition key as the key', () => {
    expect(recordOf(someMessage(topic, 'order-1', 7, { partitionKey: 'account-1' }), 3)).toEqual({
      key: 'account-1',
      partition: 3,
      value: '{"n":7}',
      headers: {
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_id: `${topic}:order-1:7`,
        ce_type: 'stockproof.testing.something-happened.v1',
        ce_source: 'stockproof/testing/log-1',
        ce_subject: 'order-1',
        ce_time: '2026-01-31T12:00:00.000Z',
        ce_organizationid: 'organization-1',
        ce_accountid: 'account-1',
        ce_orderingkey: 'account-1/order-1',
        ce_sequence: '7',
        ce_sourceposition: '000000000007',
        ce_ordinal: '0',
        ce_correlationid: 'correlation-1',
        ce_causationid: 'causation-1',
      },
    });
  });

  it('comes back as it was', () => {
    expect(messageOf(topic, 3, received())).toEqual({ ...message, partition: 3, offset: '41' });
  });

  it.each([
    ['a missing attribute', received((headers) => delete headers['ce_orderingkey']), 'no header ce_orderingkey'],
    ['a sequence that is no number', received((headers) => (headers['ce_sequence'] = '1e3')), 'ce_sequence is no number: 1e3'],
    ['a value that is no JSON', received(undefined, '{'), 'its value is no JSON'],
    ['a value that is no object', received(undefined, '[1]'), 'its value is no JSON object'],
    ['a record without a key', { ...received(), key: null }, 'no key'],
  ])('is not made of %s', (_, record, words) => {
    expect(() => messageOf(topic, 3, record)).toThrow(ForeignRecord);
    expect(() => messageOf(topic, 3, record)).toThrow(words);
  });
});
