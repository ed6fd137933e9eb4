import { parse } from '../architecture/source-files.mjs';
import { compiled } from './compiled.mjs';
import { code, generatedBy, link, table } from './markdown.mjs';
import { aliasAround, commentBefore, contexts, docOf, filesLike, taggedTypes } from './source.mjs';

/** `export const itemProblems: ProblemMap<ItemRejection>`: the union that a map answers, and the map. */
const declaredMaps = (file) => {
  const declared = [
    ...parse(file).text.matchAll(/export const (\w+)(?:: ProblemMap<(\w+)>| = \{[^;]*\} (?:as const )?satisfies ProblemMap<(\w+)>)/g),
  ];
  if (declared.length === 0) return [];
  const exported = compiled(file);
  return declared.map(([, name, annotated, satisfied]) => [annotated ?? satisfied, exported[name]]);
};

const isServiceSource = (file) => !/\.(spec|suite)\.ts$/.test(file);

const problemMaps = (context) => new Map(filesLike(`libs/${context}/service/src/**/*.ts`).filter(isServiceSource).flatMap(declaredMaps));

const problemIn = (map, type) => {
  const found = map?.[type];
  return typeof found === 'function' ? (found.problem ?? null) : (found ?? null);
};

const answered = (problem) => (problem === null ? ['', '', ''] : [problem.status, code(problem.code), problem.title]);

const unionName = (node) => aliasAround(node)?.name.getText() ?? '';

const aggregate = (maps) => (file) => {
  const rows = taggedTypes(file, 'Rejection').map(({ literal, rest, node, source }) => {
    const meaning = commentBefore(node, source) || (unionName(node).endsWith('Rejection') ? '' : docOf(aliasAround(node)));
    return [code(literal), meaning, code(rest[0] ?? ''), ...answered(problemIn(maps.get(unionName(node)), literal))];
  });
  return [`### ${link(file.split('/').at(-1), file)}`, table(['Rejection', 'Meaning', 'Says', 'Status', 'Code', 'Title'], rows)].join(
    '\n\n',
  );
};

const context = (name) => {
  const files = filesLike(`libs/${name}/domain/src/**/*.rejections.ts`);
  return files.length === 0 ? [] : [`## ${name}`, ...files.map(aggregate(problemMaps(name)))];
};

const everywhere = () => {
  const { knownProblems } = compiled('libs/edge/http-problems/src/known-problems.ts');
  const rows = Object.values(knownProblems).map(({ status, code: name, title }) => [status, code(name), title]);
  return ['## Everywhere', 'What any operation may answer.', table(['Status', 'Code', 'Title'], rows)];
};

/** docs/generated/rejections.md: every way of saying no, and how HTTP says it. */
export const rejections = () => {
  const text = [
    generatedBy('the `*.rejections.ts` of the domains and the problem maps of the services'),
    '# Rejections',
    'A rejection without a status is never answered over HTTP: it is met in a flow between services, and that flow decides what follows.',
    ...contexts.flatMap(context),
    ...everywhere(),
  ];
  return [['rejections.md', text.join('\n\n')]];
};
