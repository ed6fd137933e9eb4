import { contracts } from './contracts.mjs';
import { code, generatedBy, link, table } from './markdown.mjs';
import { aliasAround, contexts, docOf, filesLike, taggedTypes } from './source.mjs';

const fileName = (file) => file.split('/').at(-1);

const domainEvents = (context) =>
  filesLike(`libs/${context}/domain/src/**/*.events.ts`).map((file) => {
    const rows = taggedTypes(file, 'Event').map(({ literal, rest, node }) => [
      code(literal),
      docOf(aliasAround(node) ?? node),
      code(rest[0] ?? ''),
    ]);
    return [`### ${link(fileName(file), file)}`, table(['Event', 'Meaning', 'Data'], rows)].join('\n\n');
  });

const typeName = ({ type, enum: values, const: constant, anyOf, items }) => {
  if (constant !== undefined) return JSON.stringify(constant);
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(' or ');
  if (anyOf !== undefined) return anyOf.map(typeName).join(' or ');
  if (type === 'array') return `list of ${items ? typeName(items) : 'anything'}`;
  return Array.isArray(type) ? type.join(' or ') : (type ?? 'anything');
};

/** Rows for the properties of a schema, nested ones with their path. */
const fields = (schema, prefix = '') =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const inner = property.type === 'array' ? property.items : property;
    const path = `${prefix}${name}${property.type === 'array' ? '[]' : ''}`;
    const optional = (schema.required ?? []).includes(name) ? '' : 'optional';
    return [[code(path), typeName(property), optional, property.description ?? ''], ...fields(inner ?? {}, `${path}.`)];
  });

const published = (context, all) =>
  all
    .filter((contract) => contract.context === context)
    .map(({ file, type, topic, doc, schema }) => {
      const rows = fields(schema);
      const shape =
        rows.length > 0 ? table(['Field', 'Type', '', 'Meaning'], rows) : `\`\`\`json\n${JSON.stringify(schema, null, 2)}\n\`\`\``;
      return [`### ${link(type, file)}`, doc, `Topic ${code(topic)}.`, shape].filter((part) => part !== '').join('\n\n');
    });

const section = (title, parts) => (parts.length === 0 ? [] : [title, ...parts]);

/** docs/generated/events.md: what each context writes for itself, and what it tells others. */
export const events = () => {
  const all = contracts();
  const text = [
    generatedBy('the `*.events.ts` of the domains and the contracts'),
    '# Events',
    'A domain event is private to its context: only its own decider and views read it. A contract is what others may build on; it grows, and what would break it is a new version. The same contracts as a machine reads them: [asyncapi.json](asyncapi.json).',
    ...contexts.flatMap((context) => [
      ...section(`## ${context}: what it tells others`, published(context, all)),
      ...section(`## ${context}: its own events`, domainEvents(context)),
    ]),
  ];
  return [['events.md', text.join('\n\n')]];
};
