import { importing, ours, lines, parameters, domain, contracts, service, vocabulary, adapter, edge, engines, app } from './sample.mjs';

const fine = (title, file, code) => ({ title, file, code });
const bigSwitch = `export const x = (y: number) => {\n  switch (y) {\n${lines(40, (index) => `    case ${index}:\n      return ${index};`)}\n  }\n};`;

/** Code that is fine. */
export const allowed = [
  fine('the vocabulary may use uuid', vocabulary, importing('uuid')),
  fine(
    'the domain may know kernel and vocabulary',
    domain,
    `import { accept } from '@stockproof/decider';\nimport { skuKey } from '@stockproof/vocabulary';\nexport const y = [accept, skuKey];`,
  ),
  fine('the domain may make a date of what it was told', domain, 'export const x = (instant: string) => new Date(instant).getTime();'),
  fine('contracts may use zod', contracts, importing('zod')),
  fine('a service may know its domain', service, ours('sales-domain')),
  fine('a service may know another context’s contracts', service, ours('stock-contracts')),
  fine('a service may know a mechanism', service, ours('projections')),
  fine('a controller may know NestJS', 'libs/sales/service/src/sales-order/x.controller.ts', importing('@nestjs/common')),
  fine('a consumer may know NestJS', 'libs/sales/service/src/consumes/order-allocated.ts', importing('@nestjs/microservices')),
  fine('the edge may know tenancy’s contracts', edge, ours('tenancy-contracts')),
  fine('engines choose the adapter', engines, ours('event-store-postgres')),
  fine('an adapter may use a driver', adapter, importing('pg')),
  fine('an app may use the engines', app, ours('engines')),
  fine('an app may run its service', app, ours('sales-service')),
  fine('the all-in-one app runs every service', 'apps/all-in-one/src/x.ts', ours('stock-service')),
  fine('a config file reads the environment', 'apps/sales/src/sales.config.ts', 'export const x = process.env.X;'),
  fine('a domain test may use the test language', 'libs/sales/domain/src/x.spec.ts', ours('decider-testing')),
  fine('an integration test may choose an adapter', 'libs/sales/service/src/x.int.spec.ts', ours('event-store-postgres')),
  fine('an adapter’s test may use the port’s suite', 'libs/eventing/event-store-postgres/src/x.int.spec.ts', ours('event-store/testing')),
  fine('a body that is one switch may be long', service, bigSwitch),
  fine('a constructor may have six dependencies', service, `export class X { constructor(${parameters(6)}) {} }`),
];
