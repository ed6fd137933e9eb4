import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeDocument } from '@stockproof/http-problems';
import type { ServiceName } from './service-definition';

const version = '1';

const about: Record<ServiceName, string> = {
  tenancy: 'Organizations, accounts, users, warehouses, channels and API keys.',
  sales: 'Sales orders, their shipments, and what they want from stock.',
  stock: 'Stock levels, receipts, adjustments and allocations.',
  purchasing: 'Purchase orders and their receipts.',
  catalog: 'Products, variants and bundles.',
};

const builder = (title: string, description: string): DocumentBuilder =>
  new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setDescription(description)
    .setVersion(version)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'This installation')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A short-lived access token of a person' },
      'accessToken',
    )
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'spf_…', description: 'An API key of a machine' }, 'apiKey');

/** `salesOrders_approve` from `SalesOrdersController.approve`. */
const operationId = (controller: string, method: string): string => {
  const name = controller.replace(/Controller$/, '');
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}_${method}`;
};

/** The OpenAPI 3.1 document of one service, made from its controllers. */
export const openApiOf = (service: ServiceName, application: INestApplication): OpenAPIObject =>
  completeDocument(
    SwaggerModule.createDocument(application, builder(`Stockproof ${service}`, about[service]).addTag(service, about[service]).build(), {
      operationIdFactory: operationId,
    }),
  );

/** One document for the whole product. Schemas of one name are the same everywhere or carry their service's name. */
export const mergedOpenApi = (documents: ReadonlyMap<string, OpenAPIObject>): OpenAPIObject => {
  const merged: OpenAPIObject = {
    ...builder('Stockproof', 'The order-management system that can prove it never allocated a unit twice.').build(),
    paths: {},
  };
  const schemas: Record<string, unknown> = {};
  const responses: NonNullable<NonNullable<OpenAPIObject['components']>['responses']> = {};
  for (const [service, document] of documents) {
    const own = withOwnNames(service, document, schemas);
    Object.assign(merged.paths, own.paths);
    Object.assign(schemas, own.components?.schemas);
    Object.assign(responses, own.components?.responses);
    // Every service has its jobs and its parked messages: one heading for all of them.
    const known = new Set(merged.tags?.map(({ name }) => name));
    merged.tags = [...(merged.tags ?? []), ...(own.tags ?? []).filter(({ name }) => !known.has(name))];
  }
  merged.components = { ...merged.components, responses, schemas: schemas as NonNullable<OpenAPIObject['components']>['schemas'] & object };
  return merged;
};

const withOwnNames = (service: string, document: OpenAPIObject, taken: Record<string, unknown>): OpenAPIObject => {
  const schemas = document.components?.schemas ?? {};
  const clashing = Object.keys(schemas).filter((name) => name in taken && JSON.stringify(taken[name]) !== JSON.stringify(schemas[name]));
  if (clashing.length === 0) return document;
  const renamed = new Map(clashing.map((name) => [name, `${service.charAt(0).toUpperCase()}${service.slice(1)}${name}`]));
  const text = JSON.stringify(document, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') return value.replace(/[^/]+$/, (name) => renamed.get(name) ?? name);
    if (key === 'schemas')
      return Object.fromEntries(Object.entries(value as object).map(([name, schema]) => [renamed.get(name) ?? name, schema as unknown]));
    return value;
  });
  return JSON.parse(text) as OpenAPIObject;
};
