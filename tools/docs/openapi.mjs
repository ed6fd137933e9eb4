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

/** The application as the host builds it, on stubs; it never listens. */
const documentOf = async (definition, { buildApplication, AccessModule, serviceMetrics }) => {
  const runtime = stubRuntime(known);
  const access = AccessModule.forService({
    service: definition.name,
    databases: runtime,
    bus: runtime,
    clock: runtime,
    log: runtime,
    worker: false,
  });
  const parts = { runtime, metrics: serviceMetrics(definition.name, { withProcess: false }), guards: [access], messages: null };
  const { application, document } = await buildApplication(definition, parts);
  await application.close();
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
    ...compiled('libs/edge/access/src/index.ts'),
    ...compiled('libs/edge/observability/src/index.ts'),
  };
  const documents = new Map();
  for (const definition of definitions) documents.set(definition.name, await documentOf(definition, host));
  return [...documents, ['merged', mergedOpenApi(documents)]].map(([name, document]) => [`openapi/${name}.json`, asText(document)]);
};
