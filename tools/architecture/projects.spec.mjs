import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { boundaries } from './boundaries.mjs';
import { cyclesIn } from './cycles.mjs';
import { root } from './project-graph.mjs';
import { aliases, importsOf, parse, parseText, projects, resolveImport, runtimeImports, typescriptFiles } from './source-files.mjs';

const all = projects();
const files = typescriptFiles();
const rowTags = new Set(boundaries.flatMap(({ sourceTag, allSourceTags }) => (sourceTag ? [sourceTag] : allSourceTags)));
const withPrefix = (tags, prefix) => tags.filter((tag) => tag.startsWith(prefix));
const ownersOf = (file, owners) => owners.filter(({ folder }) => file.startsWith(`${folder}/`)).map(({ name }) => name);

describe('projects', () => {
  it('finds a tree worth checking', () => {
    expect(all.length).toBeGreaterThan(40);
    expect(files.length).toBeGreaterThan(80);
  });

  it('each has exactly one scope, exactly one type, and no other tag', () => {
    const wrong = all.filter(
      ({ tags }) => withPrefix(tags, 'scope:').length !== 1 || withPrefix(tags, 'type:').length !== 1 || tags.length !== 2,
    );
    expect(wrong).toEqual([]);
  });

  it('each type has its row in the table: a project without one would be free', () => {
    expect(all.filter(({ tags }) => !withPrefix(tags, 'type:').every((tag) => rowTags.has(tag)))).toEqual([]);
  });

  it('each scope is everyone or a context with its row', () => {
    expect(all.filter(({ tags }) => !withPrefix(tags, 'scope:').every((tag) => rowTags.has(tag)))).toEqual([]);
  });

  it('names are unique', () => {
    const names = all.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('none lies inside another', () => {
    expect(all.filter(({ folder }) => ownersOf(folder, all).length > 0)).toEqual([]);
  });

  it('every .ts file belongs to exactly one', () => {
    expect(files.filter((file) => ownersOf(file, all).length !== 1)).toEqual([]);
  });

  it('a file outside of all projects is noticed', () => {
    expect(ownersOf('libs/nowhere/src/x.ts', all)).toEqual([]);
    expect(ownersOf('libs/sales/domain/src/x.ts', all)).toEqual(['sales-domain']);
  });
});

describe('folders', () => {
  const vague = /(^|\/)(common|shared|core|utils?|helpers?|misc|lib)(\/|$)/;

  it('are named for what they hold', () => {
    const folders = [...files, ...all.map(({ folder }) => `${folder}/project.json`)];
    expect(folders.filter((file) => vague.test(file.slice(0, file.lastIndexOf('/'))))).toEqual([]);
  });

  it.each(['libs/shared/src', 'libs/sales/service/src/utils', 'core', 'libs/sales/lib/x'])('%s would be noticed', (folder) => {
    expect(folder).toMatch(vague);
  });
});

describe('aliases', () => {
  const declared = Object.entries(aliases());

  it('each names a file that exists', () => {
    expect(declared.filter(([, [target]]) => !existsSync(join(root, target)))).toEqual([]);
  });

  it('each is called like the project that it opens', () => {
    const misnamed = declared.filter(([alias, [target]]) => !ownersOf(target, all).some((name) => alias.split('/')[1] === name));
    expect(misnamed).toEqual([]);
  });

  it('every import by alias or by path leads to a file', () => {
    const paths = aliases();
    const isOurs = (specifier) => specifier.startsWith('.') || specifier.startsWith('@stockproof/');
    const lost = files.flatMap((file) =>
      importsOf(parse(file))
        .filter(({ specifier }) => isOurs(specifier) && !specifier.endsWith('.json') && resolveImport(file, specifier, paths) === undefined)
        .map(({ specifier }) => `${file}: ${specifier}`),
    );
    expect(lost).toEqual([]);
  });
});

describe('runtime imports', () => {
  it('go in one direction', () => expect(cyclesIn(runtimeImports())).toEqual([]));

  it('a cycle is noticed', () => {
    const knot = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b', 'd']],
      ['d', []],
    ]);
    expect(cyclesIn(knot)).toEqual([['b', 'c', 'b']]);
  });

  it('what only names types is none', () => {
    const source = (text) => importsOf(parseText(text)).map(({ runtime }) => runtime);
    expect(source(`import type { X } from './x'; import { type Y } from './y'; export type { Z } from './z';`)).toEqual([
      false,
      false,
      false,
    ]);
    expect(
      source(`import { x, type X } from './x'; import './y'; export { z } from './z'; export * from './w'; void import('./v');`),
    ).toEqual([true, true, true, true, true]);
  });
});
