import { aliases, importsOf, parse, projects, resolveImport, typescriptFiles } from '../architecture/source-files.mjs';
import { code, generatedBy, link, table } from './markdown.mjs';

const tag = ({ tags }, prefix) => tags.find((name) => name.startsWith(prefix))?.slice(prefix.length) ?? '';
const isSpec = (file) => /\.(spec|suite)\.ts$|\/testing(\.ts|\/)/.test(file);
const add = (map, key, value) => map.set(key, (map.get(key) ?? new Set()).add(value));

/** Project → projects that its code (specs left out) imports. */
const importedProjects = (all) => {
  const paths = aliases();
  const owner = (file) => all.find(({ folder }) => file.startsWith(`${folder}/`))?.name;
  const imported = new Map(all.map(({ name }) => [name, new Set()]));
  for (const file of typescriptFiles().filter((name) => !isSpec(name)))
    for (const { specifier } of importsOf(parse(file))) {
      const target = resolveImport(file, specifier, paths);
      const [from, to] = [owner(file), target && owner(target)];
      if (from && to && from !== to) add(imported, from, to);
    }
  return imported;
};

const picture = (all, imported) => {
  const typeOf = new Map(all.map((project) => [project.name, tag(project, 'type:')]));
  const edges = new Set();
  for (const [from, targets] of imported)
    for (const to of targets) if (typeOf.get(from) !== typeOf.get(to)) edges.add(`  ${typeOf.get(from)} --> ${typeOf.get(to)}`);
  return ['```mermaid', 'flowchart TD', ...[...edges].sort(), '```'].join('\n');
};

/** docs/generated/projects.md: every project, its tags and what it imports. */
export const projectGraph = () => {
  const all = projects().sort((one, other) => one.folder.localeCompare(other.folder));
  const imported = importedProjects(all);
  const rows = all.map((project) => [
    link(project.name, project.folder),
    tag(project, 'scope:'),
    tag(project, 'type:'),
    [...imported.get(project.name)].sort().map(code).join(', '),
  ]);
  const text = [
    generatedBy('every project.json and the imports of the sources'),
    '# Projects',
    'Who may import whom is a table in [tools/architecture/boundaries.mjs](../../tools/architecture/boundaries.mjs). Below is who does; specs are left out.',
    '## Kinds of projects',
    picture(all, imported),
    `## All ${all.length} projects`,
    table(['Project', 'Scope', 'Type', 'Imports'], rows),
  ];
  return [['projects.md', text.join('\n\n')]];
};
