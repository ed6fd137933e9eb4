import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './project-graph.mjs';

const jest = join(root, 'node_modules/jest/bin/jest.js');
const listedBy = (...words) =>
  JSON.parse(
    execFileSync(process.execPath, [jest, '--listTests', '--json', ...words], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString(),
  ).map((file) => relative(root, file));
/** What needs an engine of its own is run by a command of its own. */
const engines = ['eventstoredb', 'kafka'].map((engine) => ({ engine, files: listedBy('--config', `jest.${engine}.config.cjs`) }));
const ordinary = listedBy();
const found = [...ordinary, ...engines.flatMap(({ files }) => files)].sort();

describe('tests', () => {
  it('each spec of the tree is run, whatever folder it stands in', () => {
    const written = globSync('{apps,libs,e2e,bench,demo,proofs,tools}/**/*.spec.{ts,mjs}', { cwd: root }).sort();
    expect(found).toEqual(written);
  });

  it.each(engines)('those that need $engine are run by their own command alone', ({ engine, files }) => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !file.endsWith(`.${engine}.spec.ts`) || ordinary.includes(file))).toEqual([]);
  });

  it('there are many', () => expect(found.length).toBeGreaterThan(40));
});
