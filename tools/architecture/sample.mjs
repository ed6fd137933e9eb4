/** Builders for the code that the linter is shown, and the places where it pretends to stand. */

export const boundary = '@nx/enforce-module-boundaries';
export const onlyTags = 'onlyTagsConstraintViolation';
export const noLibs = 'emptyOnlyTagsConstraintViolation';
export const external = 'bannedExternalImportsViolation';

export const importing = (specifier) => `import { x } from '${specifier}';\nexport const y = x;\n`;
export const ours = (project) => importing(`@stockproof/${project}`);

export const crossing = (title, file, project, because = onlyTags) => ({ title, file, code: ours(project), rule: boundary, because });
export const using = (title, file, specifier) => ({ title, file, code: importing(specifier), rule: boundary, because: external });
export const breaking = (title, file, rule, code) => ({ title, file, code, rule });

export const lines = (count, line) => Array.from({ length: count }, (_, index) => line(index)).join('\n');
export const parameters = (count) => Array.from({ length: count }, (_, index) => `private readonly p${index}: string`).join(', ');

export const domain = 'libs/sales/domain/src/x.ts';
export const contracts = 'libs/sales/contracts/src/x.ts';
export const service = 'libs/sales/service/src/x.ts';
export const vocabulary = 'libs/vocabulary/src/x.ts';
export const kernel = 'libs/eventing/decider/src/x.ts';
export const testing = 'libs/eventing/decider-testing/src/x.ts';
export const port = 'libs/eventing/event-store/src/x.ts';
export const mechanism = 'libs/eventing/projections/src/x.ts';
export const adapter = 'libs/eventing/event-store-postgres/src/x.ts';
export const connector = 'libs/channels/connectors/generic-http/src/x.ts';
export const edge = 'libs/edge/access/src/x.ts';
export const hosting = 'libs/hosting/service-host/src/x.ts';
export const engines = 'libs/hosting/engines/src/x.ts';
export const app = 'apps/sales/src/x.ts';
