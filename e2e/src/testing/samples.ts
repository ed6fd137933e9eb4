import { randomUUID } from 'node:crypto';
import { typeOf, type Operation, type Schema } from './api-document';

/** What stands for a property or a part of a path, by its name, where a made-up value would name nothing. */
export type KnownValues = Readonly<Record<string, unknown>>;

const ofFormat: Readonly<Record<string, () => unknown>> = {
  uuid: randomUUID,
  email: () => `somebody-${randomUUID()}@example.com`,
  password: () => 'correct horse battery staple',
  'date-time': () => '2026-03-01T10:00:00.000Z',
  date: () => '2026-03-01',
  uri: () => 'https://example.com/somewhere',
};

const ofType = (schema: Schema, known: KnownValues): unknown => {
  switch (typeOf(schema)) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, sampleOf(property, known, name)]));
    case 'array':
      return schema.items === undefined ? [] : [sampleOf(schema.items, known)];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return 'something';
  }
};

/** The same name may stand for a text here and for an object there. */
const stands = (known: unknown, schema: Schema): boolean =>
  (typeOf(schema) === 'object') === (typeof known === 'object' && known !== null && !Array.isArray(known));

/** A value that the schema takes, with every property that it knows. */
export const sampleOf = (schema: Schema, known: KnownValues, name = ''): unknown => {
  if (name in known && stands(known[name], schema)) return known[name];
  const format = ofFormat[schema.format ?? ''];
  if (format !== undefined) return format();
  return schema.example ?? schema.default ?? schema.enum?.[0] ?? ofType(schema, known);
};

type Addressed = Pick<Operation, 'path'> & Partial<Pick<Operation, 'neededQueries'>>;

/** The operation's path with ids in it, and the query that it needs; `other` before `known`. */
export const pathOf = (
  { path, neededQueries = [] }: Addressed,
  known: KnownValues,
  other: Readonly<Record<string, string>> = {},
): string => {
  const valueOf = (name: string): string => encodeURIComponent(String(known[name] ?? randomUUID()));
  const query = neededQueries.map((name) => `${name}=${valueOf(name)}`).join('&');
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => other[name] ?? valueOf(name)) + (query === '' ? '' : `?${query}`);
};

/** A file that says nothing to any kind of file. */
export const meaninglessFile = 'something\n';

/** A body that the operation takes; `undefined` where it takes none. */
export const bodyOf = ({ body, file }: Pick<Operation, 'body' | 'file'>, known: KnownValues): string | undefined =>
  file !== null ? meaninglessFile : body === null ? undefined : JSON.stringify(sampleOf(body, known));
