import { contracts } from './contracts.mjs';

const extensions = {
  'content-type': 'Always application/json.',
  ce_specversion: 'Always 1.0.',
  ce_id: 'Stable: the same message again has the same id.',
  ce_source: 'The log that the event stands in.',
  ce_type: 'Context, event and version.',
  ce_subject: 'Id of the aggregate.',
  ce_time: 'When it was recorded.',
  ce_organizationid: 'Organization that it belongs to.',
  ce_accountid: 'Account that it belongs to.',
  ce_orderingkey: 'Messages with the same key arrive in order.',
  ce_sequence: 'Revision of the stream: strictly increasing for each subject.',
  ce_sourceposition: 'Position in the log of the source.',
  ce_ordinal: 'Place among the messages of the same event, from 0.',
  ce_correlationid: 'The request that all of this began with.',
  ce_causationid: 'The message that led to this one.',
  ce_traceparent: 'W3C trace context.',
};

const headers = {
  type: 'object',
  properties: Object.fromEntries(Object.entries(extensions).map(([name, description]) => [name, { type: 'string', description }])),
  required: Object.keys(extensions).filter((name) => !['ce_accountid', 'ce_traceparent'].includes(name)),
};

const bindingVersion = '0.5.0';

/** Of every topic, for ever: see partitionsPerTopic in libs/eventing/integration-bus. */
const partitions = 12;

/** What may be handled at the same time: equal keys share a partition. */
const recordKey = (topic) => ({
  type: 'string',
  description:
    topic === requestsOfOrders
      ? 'The account: all that its orders want from stock shares a partition.'
      : 'Account (or organization) and subject, with a slash between.',
});

/** The one topic of requests, among topics of facts. */
const requestsOfOrders = 'stockproof.sales.stock-requests.v1';

const key = (type) => type.replaceAll('.', '-');

const message = ({ type, topic, doc, schema, example }) => ({
  name: type,
  title: type,
  summary: doc,
  contentType: 'application/json',
  headers: { $ref: '#/components/schemas/cloudEventHeaders' },
  payload: schema,
  bindings: { kafka: { key: recordKey(topic), bindingVersion } },
  ...(example === undefined ? {} : { examples: [{ name: 'golden', payload: example.data ?? example }] }),
});

const reference = (type) => ({ $ref: `#/components/messages/${key(type)}` });

/** docs/generated/asyncapi.json: the topics and what travels on them, as AsyncAPI 3. */
export const asyncApi = () => {
  const all = contracts();
  const topics = [...new Set(all.map(({ topic }) => topic))].sort();
  const on = (topic) => all.filter((contract) => contract.topic === topic).map(({ type }) => type);
  const channel = (topic) => [
    key(topic),
    {
      address: topic,
      messages: Object.fromEntries(on(topic).map((type) => [key(type), reference(type)])),
      bindings: { kafka: { topic, partitions, topicConfiguration: { 'cleanup.policy': ['delete'] }, bindingVersion } },
    },
  ];
  const operation = (topic) => [
    `receive-${key(topic)}`,
    {
      action: 'receive',
      description: `Hears what ${topic.split('.')[1]} says on this topic, in order for each ordering key, at least once.`,
      channel: { $ref: `#/channels/${key(topic)}` },
      messages: on(topic).map((type) => ({ $ref: `#/channels/${key(topic)}/messages/${key(type)}` })),
    },
  ];
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Stockproof events',
      version: '1.0.0',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      description: 'CloudEvents 1.0 in binary mode: the headers carry the attributes, the payload is the data.',
    },
    defaultContentType: 'application/json',
    servers: {
      kafka: {
        host: 'localhost:9092',
        protocol: 'kafka',
        description: 'Wherever KAFKA_BROKERS points. Without Kafka the topics lie in Postgres.',
      },
    },
    channels: Object.fromEntries(topics.map(channel)),
    operations: Object.fromEntries(topics.map(operation)),
    components: {
      messages: Object.fromEntries(all.map((contract) => [key(contract.type), message(contract)])),
      schemas: { cloudEventHeaders: headers },
    },
  };
  return [['asyncapi.json', JSON.stringify(document, null, 2)]];
};
