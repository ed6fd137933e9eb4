/** A JSON Schema as the document holds it, as far as these tests read it. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
};

type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean };

export type Operation = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
  readonly queries: readonly string[];
  /** Those without which it answers 400. */
  readonly neededQueries: readonly string[];
  /** Headers by lower-case name, with whether they are needed. */
  readonly headers: ReadonlyMap<string, boolean>;
  /** Its references resolved; `null` where the operation takes no JSON. */
  readonly body: Schema | null;
  /** The media type of the file that it takes instead; `null` where it takes none. */
  readonly file: string | null;
  readonly statuses: ReadonlySet<number>;
};

type DocumentedOperation = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
  readonly 'x-permission'?: string;
};
type ApiDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

/** Every operation that the running product says it has. */
export const readOperations = async (base: string): Promise<readonly Operation[]> => {
  const document = (await (await fetch(`${base}/openapi.json`)).json()) as ApiDocument;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => operationOf(document, { path, method: method.toUpperCase() }, operation)),
  );
};

const operationOf = (document: ApiDocument, where: Pick<Operation, 'path' | 'method'>, operation: DocumentedOperation): Operation => {
  const named = (place: string): readonly Parameter[] => (operation.parameters ?? []).filter((parameter) => parameter.in === place);
  const [[mediaType, { schema }] = [null, { schema: undefined }]] = Object.entries(operation.requestBody?.content ?? {});
  const file = schema?.format === 'binary' ? mediaType : null;
  return {
    ...where,
    id: operation.operationId,
    isPublic: operation['x-permission'] === undefined,
    queries: named('query').map(({ name }) => name),
    neededQueries: named('query').flatMap(({ name, required }) => (required === true ? [name] : [])),
    headers: new Map(named('header').map(({ name, required }) => [name.toLowerCase(), required === true])),
    // A file is no document whose fields could be varied.
    body: schema === undefined || file !== null ? null : resolved(schema, document.components.schemas),
    file,
    statuses: new Set(Object.keys(operation.responses).map(Number)),
  };
};

/** The schema with what it refers to in its place; only the first of alternatives. */
const resolved = (schema: Schema, schemas: Readonly<Record<string, Schema>>): Schema => {
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  const elsewhere = $ref === undefined ? (allOf ?? anyOf ?? oneOf)?.[0] : schemas[$ref.slice($ref.lastIndexOf('/') + 1)];
  const whole: Schema = elsewhere === undefined ? own : { ...resolved(elsewhere, schemas), ...own };
  return {
    ...whole,
    ...(whole.properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(Object.entries(whole.properties).map(([name, property]) => [name, resolved(property, schemas)])),
        }),
    ...(whole.items === undefined ? {} : { items: resolved(whole.items, schemas) }),
  };
};

/** The first type that the schema names besides `null`. */
export const typeOf = ({ type, properties }: Schema): string => {
  const named = typeof type === 'string' ? type : type?.find((each) => each !== 'null');
  return named ?? (properties === undefined ? 'string' : 'object');
};
