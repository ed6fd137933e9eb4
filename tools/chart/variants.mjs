import { isDeepStrictEqual } from 'node:util';

const secret = (name) => ({ name });
const peer = (name) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

/** What must be given, and what some switches need beside them; nothing here turns anything on. */
export const given = {
  image: { repository: 'registry.example.com/stockproof' },
  secrets: { database: secret('database'), eventStore: secret('event-store'), installation: secret('installation') },
  bus: { brokers: ['kafka-0.kafka:9092', 'kafka-1.kafka:9092'], sasl: { secret: 'kafka-login' } },
  httpRoute: { parentRefs: [{ name: 'public', namespace: 'edge' }], hostnames: ['shop.example.com'] },
  ingress: { host: 'shop.example.com' },
  networkPolicy: { httpFrom: [peer('edge')], metricsFrom: [peer('monitoring')] },
  keda: { prometheusAddress: 'http://prometheus.monitoring:9090' },
};

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

export const merged = (one, other) =>
  isObject(one) && isObject(other)
    ? Object.fromEntries(
        [...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [
          key,
          key in one && key in other ? merged(one[key], other[key]) : (other[key] ?? one[key]),
        ]),
      )
    : other;

export const at = (path, value) => path.reduceRight((inner, key) => ({ [key]: inner }), value);

/** Every switch and every choice that the schema knows: [{path, values}]. */
export const switchesOf = (schema) => {
  const walk = (node, path) => {
    const definition = node.$ref ? schema.$defs[node.$ref.split('/').at(-1)] : node;
    if (definition.type === 'boolean') return [{ path, values: [true, false] }];
    if (definition.enum) return [{ path, values: definition.enum }];
    return Object.entries(definition.properties ?? {}).flatMap(([key, inner]) => walk(inner, [...path, key]));
  };
  return walk(schema, []);
};

/** Lists, labels and the like: filled in, so that what they add is looked at too. */
const filled = {
  nameOverride: 'oms',
  image: { tag: '1.2.3', digest: `sha256:${'a'.repeat(64)}`, pullSecrets: ['registry'] },
  bus: { tls: { secret: 'kafka-tls', certificateKey: 'tls.crt', keyKey: 'tls.key' } },
  outboundAllow: ['10.1.2.3:8443', '10.9.0.0/16'],
  extraEnv: [{ name: 'KAFKA_RETENTION_DAYS', value: '30' }],
  extraVolumes: [{ name: 'authority', configMap: { name: 'authority' } }],
  extraVolumeMounts: [{ name: 'authority', mountPath: '/etc/authority', readOnly: true }],
  services: { stock: { worker: { resources: { requests: { cpu: '1' } } } } },
  scheduling: {
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }],
    priorityClassName: 'important',
  },
  ingress: { className: 'nginx', tlsSecret: 'shop-tls', annotations: { 'example.com/a': 'b' } },
  networkPolicy: {
    dnsTo: [peer('kube-system')],
    database: { port: 6432, to: [{ ipBlock: { cidr: '10.0.0.5/32' } }] },
    extraEgress: [{ ports: [{ port: 8443, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '10.1.2.3/32' } }] }],
  },
  monitoring: {
    serviceMonitor: { labels: { release: 'prometheus' } },
    rules: { labels: { release: 'prometheus' }, runbooks: 'https://example.com/runbooks' },
  },
};

const variantsOn = (name, base, switches) => [
  { name, values: base },
  ...switches.flatMap(({ path, values }) =>
    values.map((value) => ({ name: `${name}, ${path.join('.')}=${value}`, values: merged(base, at(path, value)) })),
  ),
];

/** All ways to set the switches that are looked at: each alone on the defaults, and each alone with everything else turned on. */
export const variantsOf = (schema) => {
  const switches = switchesOf(schema);
  const everything = switches
    .filter(({ values }) => values.includes(true))
    .reduce((values, { path }) => merged(values, at(path, true)), merged(given, filled));
  const all = [...variantsOn('defaults', given, switches), ...variantsOn('everything', everything, switches)];
  return all.filter(({ values }, index) => all.findIndex((each) => isDeepStrictEqual(each.values, values)) === index);
};

/** What must not be rendered, with a part of the sentence that says why. */
export const refused = [
  ['an unknown key', { worker: { replcias: 3 } }, /additional properties 'replcias' not allowed/],
  ['an unknown service', { services: { billing: {} } }, /'billing' not allowed/],
  ['no image', { image: { repository: '' } }, /\/image\/repository/],
  ['an image that moves', { image: { tag: 'latest' } }, /\/image\/tag/],
  ['half a digest', { image: { digest: 'sha256:abc' } }, /\/image\/digest/],
  ['no database', { secrets: { database: { name: '' } } }, /\/secrets\/database\/name/],
  ['EventStoreDB without its address', { secrets: { eventStore: { name: '' } } }, /secrets\.eventStore\.name must/],
  ['Kafka without brokers', { bus: { brokers: [] } }, /bus\.brokers must/],
  ['a login without its secret', { bus: { sasl: { mechanism: 'scram-sha-512', secret: '' } } }, /bus\.sasl\.secret must/],
  ['half a certificate', { bus: { tls: { certificateKey: 'tls.crt' } } }, /bus\.tls\.secret and/],
  ['another event store', { eventStore: { engine: 'mysql' } }, /\/eventStore\/engine/],
  ['a folder of the node', { extraVolumes: [{ name: 'root', hostPath: { path: '/' } }] }, /extraVolumes\/0/],
  ['less grace than draining takes', { drain: { sleepSeconds: 30 } }, /drain\.graceSeconds must/],
  ['a route that nobody may use', { httpRoute: { enabled: true }, networkPolicy: { httpFrom: [] } }, /networkPolicy\.httpFrom must/],
  [
    'metrics that nobody may read',
    { monitoring: { serviceMonitor: { enabled: true } }, networkPolicy: { metricsFrom: [] } },
    /metricsFrom must/,
  ],
  ['a route to no Gateway', { httpRoute: { enabled: true, parentRefs: [] } }, /httpRoute\.parentRefs must/],
  ['an Ingress for no host', { ingress: { enabled: true, host: '' } }, /ingress\.host must/],
  ['KEDA without Prometheus', { keda: { enabled: true, prometheusAddress: '' } }, /keda\.prometheusAddress must/],
];
