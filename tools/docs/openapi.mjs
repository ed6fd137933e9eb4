import { compiled, compiledIfThere } from './compiled.mjs';
import { contexts } from './source.mjs';
import { stubRuntime } from './stub-runtime.mjs';

const isDefinition = (name) => (value) => value?.name === name && typeof value.module === 'function';

const definitionOf = (context) => Object.values(compiledIfThere(`libs/${context}/service/src/index.ts`) ?? {}).find(isDefinition(context));

/** What a service computes with while it is built: no secret, it opens nothing. */
const known = {
  installation: { masterKey: '0'.repeat(64), adminPassword: 'nobody signs in to a document' },
  connectors: { fulfillment: new Map(), sales: new Map() },
};

const documented = ({ paths }) =>
  Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));

/** As the document writes it: parameters in braces, `HEAD` and the document itself not told. */
const routed = (service, routes) =>
  routes
    .filter((route) => !route.startsWith('HEAD ') && route !== `GET /v1/${service}/openapi.json`)
    .map((route) =>
      route
        .replaceAll('::', '\u0000')
        .replaceAll(/:(\w+)/g, '{$1}')
        .replaceAll('\u0000', ':'),
    );

/** Every route is in the document, and nothing else is. */
const refuseDifference = (service, routes, document) => {
  const [known, answered] = [new Set(documented(document)), new Set(routed(service, routes))];
  const differences = [...known.symmetricDifference(answered)];
  if (differences.length > 0) throw new Error(`Routes and the document of ${service} differ: ${differences.join(', ')}`);
};

/** The application as the host builds it, on stubs; it never listens. */
const documentOf = async (definition, { buildApplication, modulesOfEveryService, serviceMetrics }) => {
  const runtime = stubRuntime(known);
  const around = {
    databases: runtime,
    store: runtime,
    publication: definition.publication,
    bus: runtime,
    clock: runtime,
    log: runtime,
    jobs: runtime,
    channels: runtime,
    worker: false,
    pushesFrom: definition.pushesFrom,
    heard: runtime,
  };
  const everywhere = modulesOfEveryService({ service: definition.name, ...around });
  const parts = {
    runtime,
    metrics: serviceMetrics(definition.name, { withProcess: false }),
    everywhere,
    messages: null,
    isTransient: () => false,
  };
  const { application, document, routes } = await buildApplication(definition, parts);
  await application.close();
  refuseDifference(definition.name, routes, document);
  return document;
};

const asText = (document) => JSON.stringify(document, null, 2);

/** docs/generated/openapi/<service>.json for every service, and merged.json for the product. */
export const openApi = async () => {
  const definitions = contexts.map(definitionOf).filter((definition) => definition !== undefined);
  if (definitions.length === 0) return [];
  const { mergedOpenApi } = compiled('libs/hosting/service-host/src/openapi.ts');
  const host = {
    ...compiled('libs/hosting/service-host/src/service-application.ts'),
    ...compiled('libs/hosting/service-host/src/modules-of-every-service.ts'),
    ...compiled('libs/edge/observability/src/index.ts'),
  };
  const documents = new Map();
  for (const definition of definitions) documents.set(definition.name, await documentOf(definition, host));
  return [...documents, ['merged', mergedOpenApi(documents)]].map(([name, document]) => [`openapi/${name}.json`, asText(document)]);
};
