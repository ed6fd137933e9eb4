/** What every rendering of the chart must keep to. Each policy answers with the sentences that are wrong. */

const podOf = ({ kind, spec }) => (kind === 'Deployment' || kind === 'Job' ? spec.template : null);
const selects = (selector, labels) => Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);
const expressionHolds = ({ key, operator, values }, labels) => operator === 'In' && values.includes(labels[key]);
const policySelects = ({ spec }, labels) =>
  selects(spec.podSelector.matchLabels, labels) &&
  (spec.podSelector.matchExpressions ?? []).every((expression) => expressionHolds(expression, labels));

const pods = (documents) =>
  documents.flatMap((document) => {
    const pod = podOf(document);
    return pod ? [{ name: `${document.kind} ${document.metadata.name}`, document, pod, containers: pod.spec.containers }] : [];
  });
const deployments = (documents) => pods(documents).filter(({ document }) => document.kind === 'Deployment');
const ofKind = (documents, kind) => documents.filter((document) => document.kind === kind);

const wrong = (checks) => Object.entries(checks).flatMap(([sentence, holds]) => (holds ? [] : [sentence]));
const named = (name, sentences) => sentences.map((sentence) => `${name}: ${sentence}`);
const eachContainer = (documents, check) =>
  pods(documents).flatMap((each) =>
    each.containers.flatMap((container) => named(`${each.name}/${container.name}`, check(container, each))),
  );

const restricted = (documents) =>
  pods(documents).flatMap(({ name, pod: { spec }, containers }) =>
    named(name, [
      ...wrong({
        'runs as root': spec.securityContext?.runAsNonRoot === true && spec.securityContext.runAsUser === 10_001,
        'has no seccomp profile': spec.securityContext?.seccompProfile?.type === 'RuntimeDefault',
        'shares a namespace or a path of the node':
          !spec.hostNetwork && !spec.hostPID && !spec.hostIPC && !(spec.volumes ?? []).some((volume) => volume.hostPath),
      }),
      ...containers.flatMap(({ securityContext: security = {} }) =>
        wrong({
          'may gain privileges': security.allowPrivilegeEscalation === false && !security.privileged,
          'may write to its file system': security.readOnlyRootFilesystem === true,
          'keeps capabilities': security.capabilities?.drop?.includes('ALL') && !security.capabilities.add,
          'may run as root': security.runAsNonRoot === true,
        }),
      ),
    ]),
  );

const noToken = (documents) => [
  ...pods(documents).flatMap(({ name, pod }) =>
    named(name, wrong({ 'is given a token': pod.spec.automountServiceAccountToken === false })),
  ),
  ...ofKind(documents, 'ServiceAccount').flatMap(({ metadata, automountServiceAccountToken }) =>
    named(metadata.name, wrong({ 'hands out tokens': automountServiceAccountToken === false })),
  ),
];

const resources = (documents) =>
  eachContainer(documents, ({ resources: { requests = {}, limits = {} } = {} }) =>
    wrong({
      'asks for no CPU or memory': requests.cpu !== undefined && requests.memory !== undefined,
      'has no limit of memory': limits.memory !== undefined,
      'has no limit of disk': limits['ephemeral-storage'] !== undefined,
    }),
  );

const images = (documents) =>
  eachContainer(documents, ({ image }) =>
    wrong({ [`uses ${image}, which may change`]: /@sha256:[0-9a-f]{64}$|:[\w.-]+$/.test(image) && !/:latest$/.test(image) }),
  );

const probes = (documents) =>
  deployments(documents).flatMap(({ name, containers }) =>
    containers.flatMap(({ startupProbe, livenessProbe, readinessProbe }) =>
      named(
        name,
        wrong({
          'has no startup probe': startupProbe?.httpGet?.path === '/readyz',
          'has no readiness probe': readinessProbe?.httpGet?.path === '/readyz',
          'is killed for what it depends on': livenessProbe?.httpGet?.path === '/livez',
          'asks its public port for its health': [startupProbe, livenessProbe, readinessProbe].every(
            (probe) => probe?.httpGet?.port === 'admin',
          ),
          'has too little time to start': startupProbe?.periodSeconds * startupProbe?.failureThreshold >= 120,
        }),
      ),
    ),
  );

/** What is in hand may take 28 s after the sleep (`stopWithinMs` in libs/hosting/service-host/src/lifetime.ts). */
const drainSeconds = 28;
/** A client that keeps a connection closes it by itself after so long (`Keep-Alive: timeout` of Node's server). */
const keptSeconds = 5;
const draining = (documents) =>
  deployments(documents).flatMap(({ name, pod, containers }) =>
    containers.flatMap(({ lifecycle, env }) => {
      const lingers = Number(env.find(({ name: variable }) => variable === 'STOCKPROOF_LINGER_SECONDS')?.value ?? 0);
      const sleep = lifecycle?.preStop?.sleep?.seconds ?? 0;
      return named(
        name,
        wrong({
          'ends before routers know': sleep >= 1,
          'cuts off those who keep a connection': lingers > keptSeconds,
          'is killed while it finishes': pod.spec.terminationGracePeriodSeconds > sleep + drainSeconds,
        }),
      );
    }),
  );

const disruption = (documents) =>
  deployments(documents).flatMap(({ name, document, pod }) => {
    const budgets = ofKind(documents, 'PodDisruptionBudget').filter(({ spec }) => selects(spec.selector.matchLabels, pod.metadata.labels));
    const scalers = documents.filter(
      ({ kind, spec }) => /^(HorizontalPodAutoscaler|ScaledObject)$/.test(kind) && spec.scaleTargetRef.name === document.metadata.name,
    );
    const least = scalers[0]?.spec.minReplicas ?? scalers[0]?.spec.minReplicaCount ?? document.spec.replicas ?? 0;
    return named(
      name,
      wrong({
        'has no budget of its own': budgets.length === 1 && budgets[0].spec.maxUnavailable === 1,
        'is not spread': (pod.spec.topologySpreadConstraints ?? []).some(({ topologyKey }) => topologyKey === 'kubernetes.io/hostname'),
        'runs once only': least >= 2,
        'is scaled by two at once': scalers.length <= 1,
        'has a fixed number and is scaled': scalers.length === 0 || document.spec.replicas === undefined,
        'leaves before another has come': document.spec.strategy.rollingUpdate.maxUnavailable === 0,
      }),
    );
  });

const isDenied = ({ spec }, direction) => spec.policyTypes.includes(direction) && !(spec[direction.toLowerCase()] ?? []).length;
const network = (documents, { values }) => {
  const policies = ofKind(documents, 'NetworkPolicy');
  if (values.networkPolicy?.enabled === false)
    return policies.map(({ metadata }) => `${metadata.name}: is there although policies are off`);
  return pods(documents).flatMap(({ name, pod }) => {
    const own = policies.filter((policy) => policySelects(policy, pod.metadata.labels));
    return named(
      name,
      wrong({
        'may be called by anybody': own.some((policy) => isDenied(policy, 'Ingress')),
        'may call anybody': own.some((policy) => isDenied(policy, 'Egress')),
        'may call everything': own.every(({ spec }) => (spec.egress ?? []).every(({ ports }) => (ports ?? []).length > 0)),
        'cannot ask for names': own.some(({ spec }) =>
          (spec.egress ?? []).some(({ ports }) => (ports ?? []).some(({ port }) => port === 53)),
        ),
      }),
    );
  });
};

const services = ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'];
const complete = (documents, { values }) => {
  const have = deployments(documents).map(
    ({ pod }) => `${pod.metadata.labels['app.kubernetes.io/component']} ${pod.metadata.labels['stockproof/role']}`,
  );
  const wanted = [
    ...services.flatMap((service) => [`${service} api`, `${service} worker`]),
    ...(values.gateway?.enabled === false ? [] : ['gateway gateway']),
  ];
  const jobs = ofKind(documents, 'Job');
  const hooks = jobs.every(({ metadata }) => metadata.annotations['helm.sh/hook'] === 'pre-install,pre-upgrade');
  return wrong({
    [`has ${have.join(', ')} instead of ${wanted.join(', ')}`]: [...have].sort().join() === [...wanted].sort().join(),
    'has no migration before install and upgrade': (values.migration?.enabled === false ? jobs.length === 0 : jobs.length === 1) && hooks,
    'routes to Services that are not there': routedTo(documents).every((name) =>
      ofKind(documents, 'Service').some(({ metadata }) => metadata.name === name),
    ),
    'has Services without pods': ofKind(documents, 'Service').every(({ spec }) =>
      pods(documents).some(({ pod }) => selects(spec.selector, pod.metadata.labels)),
    ),
    'keeps a secret in plain text': pods(documents).every(({ containers }) =>
      containers.every(({ env }) =>
        (env ?? []).every(({ name, valueFrom }) => !/_URL$|_KEY$|PASSWORD/.test(name) || valueFrom?.secretKeyRef),
      ),
    ),
  });
};
const routedTo = (documents) => [
  ...ofKind(documents, 'HTTPRoute').flatMap(({ spec }) => spec.rules.flatMap(({ backendRefs }) => backendRefs.map(({ name }) => name))),
  ...ofKind(documents, 'Ingress').flatMap(({ spec }) =>
    spec.rules.flatMap(({ http }) => http.paths.map(({ backend }) => backend.service.name)),
  ),
];

export const policies = { restricted, noToken, resources, images, probes, draining, disruption, network, complete };

const first = (documents, kind) => documents.find((document) => document.kind === kind);
const container = (documents) => first(documents, 'Deployment').spec.template.spec.containers[0];
const without = (kind) => (documents) => void documents.splice(documents.indexOf(first(documents, kind)), 1);

/** One way to break each policy: what does not notice is no policy. */
export const breakages = {
  restricted: (documents) => void (container(documents).securityContext.readOnlyRootFilesystem = false),
  noToken: (documents) => void delete first(documents, 'Deployment').spec.template.spec.automountServiceAccountToken,
  resources: (documents) => void delete container(documents).resources.limits.memory,
  images: (documents) => void (container(documents).image = 'registry.example.com/stockproof:latest'),
  probes: (documents) => void (container(documents).livenessProbe.httpGet.path = '/readyz'),
  draining: (documents) => void (first(documents, 'Deployment').spec.template.spec.terminationGracePeriodSeconds = 30),
  disruption: without('PodDisruptionBudget'),
  network: (documents) => void (documents.find(({ metadata }) => metadata.name.endsWith('-deny-all')).spec.egress = [{}]),
  complete: without('Deployment'),
};
