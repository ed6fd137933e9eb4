import type { OpenAPIObject } from '@nestjs/swagger';
import { completeDocument } from './complete-document';

const documentWith = (operation: object, method = 'get'): OpenAPIObject => ({
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  tags: [{ name: 'stock', description: 'known' }],
  paths: { '/v1/stock/accounts/{accountId}/levels/{sku}': { [method]: { responses: {}, ...operation } } },
});

const completed = (operation: object, method: 'get' | 'post' = 'get') => {
  const { paths, tags } = completeDocument(documentWith(operation, method));
  return { operation: Object.values(paths)[0]?.[method], tags };
};

describe('a completed document', () => {
  it('says which parts a path has, also those that only a guard reads', () => {
    const sku = { name: 'sku', in: 'path', required: true, schema: { type: 'string', example: 'A-1' } };
    expect(completed({ parameters: [sku] }).operation?.parameters).toEqual([
      { name: 'accountId', in: 'path', required: true, schema: { type: 'string' } },
      sku,
    ]);
  });

  it('lists every tag in use once', () => {
    expect(completed({ tags: ['Stock levels', 'stock'] }).tags).toEqual([
      { name: 'stock', description: 'known' },
      { name: 'Stock levels' },
    ]);
  });

  it('says what every operation may answer', () => {
    const statuses = (method: 'get' | 'post') => Object.keys(completed({}, method).operation?.responses ?? {});
    expect(statuses('get')).toEqual(['400', '414', '500', '503']);
    expect(statuses('post')).toEqual(['400', '413', '414', '415', '500', '503']);
  });

  it('says once what several operations answer alike', () => {
    const operation = () => ({ responses: { 409: { description: 'taken' }, 200: { description: 'ok' } } });
    const document = completeDocument({
      ...documentWith({}),
      paths: { '/a': { get: operation() }, '/b': { get: operation(), post: { responses: { 409: { description: 'gone' } } } } },
    });
    const of = (path: string, method: 'get' | 'post') => document.paths[path]?.[method]?.responses ?? {};
    const { $ref } = of('/a', 'get')['409'] as { $ref: string };
    expect(of('/b', 'get')['409']).toEqual({ $ref });
    expect(document.components?.responses?.[$ref.split('/').at(-1) ?? '']).toEqual({ description: 'taken' });
    expect(of('/b', 'post')['409']).toEqual({ description: 'gone' });
    expect(of('/a', 'get')['200']).toEqual({ description: 'ok' });
  });
});
