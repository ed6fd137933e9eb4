import { typeOf, type Operation, type Schema } from './api-document';
import type { Request } from './asking';
import { hostileValues } from './hostile-values';
import { meaninglessFile, pathOf, sampleOf, type KnownValues } from './samples';

/** `statuses` of which one must come; `null`: any that is documented. */
export type Variant = { readonly about: string; readonly request: Request; readonly statuses: readonly number[] | null };

type Place = readonly (string | number)[];
type Field = { readonly place: Place; readonly schema: Schema };

/** Every property of the body, those inside of others and of the first item of an array too. */
const fieldsOf = (schema: Schema, place: Place = []): readonly Field[] => {
  const below =
    typeOf(schema) === 'array' ? (schema.items === undefined ? [] : [[0, schema.items] as const]) : Object.entries(schema.properties ?? {});
  return below.flatMap(([step, inner]) => [{ place: [...place, step], schema: inner }, ...fieldsOf(inner, [...place, step])]);
};

/** A copy of the value with another one at a place. */
const withAt = (value: unknown, [step, ...rest]: Place, put: unknown): unknown => {
  if (step === undefined) return put;
  if (typeof step === 'number') return [withAt((value as readonly unknown[] | undefined)?.[step], rest, put)];
  const inside = (value ?? {}) as Readonly<Record<string, unknown>>;
  return { ...inside, [step]: withAt(inside[step], rest, put) };
};

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

const wholeBodies = (sample: unknown): readonly (readonly [string, string, readonly number[] | null])[] => [
  // What follows departs from it in one thing each: a refusal must be for that.
  ['as it is meant', JSON.stringify(sample), [200, 201, 202, 204, 404, 409, 422]],
  ['no JSON', '{"name": ', [400]],
  ['nothing', '', [400]],
  ['an empty object', '{}', null],
  ['null', 'null', [400]],
  ['a text', '"text"', [400]],
  ['an array', '[{}]', [400]],
  ['an unknown property', JSON.stringify({ ...(sample as object), surprise: 1 }), [400]],
  ['a property that would reach the prototype', `{"__proto__": {"admin": true}}`, [400]],
  ['too deep', `{"surprise": ${nested(5_000)}}`, [400]],
  ['too large', JSON.stringify({ surprise: 'x'.repeat(1_100_000) }), [413]],
  ['text that cannot be stored', '{"surprise": "\\u0000"}', [400]],
];

const foreignKinds = ['application/xml', 'text/plain', 'multipart/form-data', 'x'];
const foreignVariants = (path: string): readonly Variant[] =>
  foreignKinds.map((type) => ({
    about: `media type ${type}`,
    request: { path, body: '<a/>', headers: { 'content-type': type } },
    statuses: [415],
  }));

const fileVariants = (path: string): readonly Variant[] => [
  { about: 'a file that says nothing', request: { path, body: meaninglessFile }, statuses: [202] },
  { about: 'an empty file', request: { path, body: '' }, statuses: [422] },
  { about: 'a file with NUL', request: { path, body: 'a\u0000b' }, statuses: [422] },
  { about: 'bytes that are no text', request: { path, body: Uint8Array.of(0xff, 0xfe, 0x41, 0xd8) }, statuses: [422] },
  ...foreignVariants(path),
];

const bodyVariants = (operation: Operation, path: string, known: KnownValues): readonly Variant[] => {
  const { body: schema, file } = operation;
  if (file !== null) return fileVariants(path);
  if (schema === null)
    return operation.method === 'GET'
      ? []
      : [
          {
            about: 'a body of a foreign kind where none is taken',
            request: { path, body: '<a/>', headers: { 'content-type': 'application/xml' } },
            statuses: null,
          },
        ];
  const sample = sampleOf(schema, known);
  const whole = wholeBodies(sample).map(([about, body, statuses]) => ({ about, request: { path, body }, statuses }));
  const fields = fieldsOf(schema).flatMap(({ place, schema: field }) =>
    hostileValues(field, field.type === undefined ? undefined : sampleOf(field, known, String(place.at(-1)))).map(
      ({ about, value, refused }) => ({
        about: `${about} in /${place.join('/')}`,
        request: { path, body: JSON.stringify(withAt(sample, place, value)) },
        statuses: refused ? [400] : null,
      }),
    ),
  );
  return [...whole, ...foreignVariants(path), ...fields];
};

const queryVariants = (operation: Operation, path: string): readonly Variant[] => {
  const lists = operation.queries.includes('limit')
    ? [
        'limit=0',
        'limit=101',
        'limit=abc',
        'limit=1e1',
        'limit=',
        'limit=1&limit=2',
        'cursor=',
        'cursor=garbage',
        `cursor=${'A'.repeat(400)}`,
        `cursor=${'A'.repeat(3_000)}`,
      ]
    : [];
  const refused = ['surprise=1', 'surprise=%00', '__proto__[x]=1', ...lists];
  const taken = operation.queries.flatMap((name) =>
    ['', '%00', '%ED%A0%80', '%zz', 'x'.repeat(5_000), '-1', '%27%3B--', 'a%2Cb', '2026-13-45T99%3A00%3A00Z'].map(
      (value) => `${name}=${value}`,
    ),
  );
  const twice = operation.queries.map((name) => `${name}=a&${name}=b`);
  return [...refused.map((query) => ({ query, statuses: [400] })), ...[...taken, ...twice].map((query) => ({ query, statuses: null }))].map(
    ({ query, statuses }) => ({
      about: `?${query.slice(0, 60)}`,
      request: { path: `${path}${path.includes('?') ? '&' : '?'}${query}`, ...meant(operation) },
      statuses,
    }),
  );
};

/** A body for requests that are hostile elsewhere: empty or meaningless, so that nothing happens if they are taken after all. */
const meant = ({ body, file }: Operation): { readonly body?: string } =>
  file !== null ? { body: meaninglessFile } : body === null ? {} : { body: '{}' };

const pathVariants = (operation: Operation, known: KnownValues): readonly Variant[] =>
  [...operation.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) =>
    ['no-uuid', '%00', '%ED%A0%80', '%zz', '..%2F..', '%27%3B--', `${'x'.repeat(400)}`, `${'x'.repeat(600)}`].map((value) => ({
      about: `${value.slice(0, 40)} for {${name}}`,
      request: { path: pathOf(operation, known, { [name]: value }), ...meant(operation) },
      statuses: [400, 401, 404, 414],
    })),
  );

const headerVariants = (operation: Operation, path: string): readonly Variant[] => {
  const keys = [' ', 'x'.repeat(256), 'a"b', 'ümlaut', 'a b'].map((value) => ['idempotency-key', value] as const);
  const matches = ['7', '"x"', 'W/"1"', '"1", "2"', `"${'9'.repeat(30)}"`].map((value) => ['if-match', value] as const);
  const positions = [
    'garbage',
    'elsewhere.1',
    ...['tenancy', 'sales', 'stock', 'catalog'].filter((service) => !path.startsWith(`/v1/${service}/`)).map((service) => `${service}.1`),
    `${'9'.repeat(400)}`,
  ].map((value) => ['stockproof-min-position', value] as const);
  const documented = [...keys, ...matches, ...positions].filter(([name]) => operation.headers.has(name));
  const wrong = documented.map(([name, value]) => ({
    about: `${name}: ${value.slice(0, 40)}`,
    request: { path, ...meant(operation), headers: { [name]: value } },
    statuses: [400],
  }));
  const keyless =
    operation.headers.get('idempotency-key') === true
      ? [{ about: 'no Idempotency-Key', request: { path, ...meant(operation), headers: { 'idempotency-key': '' } }, statuses: [400] }]
      : [];
  return [...wrong, ...keyless];
};

/** Everything hostile that this operation may be asked. */
export const hostileVariants = (operation: Operation, known: KnownValues): readonly Variant[] => {
  const path = pathOf(operation, known);
  return [
    ...bodyVariants(operation, path, known),
    ...queryVariants(operation, path),
    ...pathVariants(operation, known),
    ...headerVariants(operation, path),
  ];
};
