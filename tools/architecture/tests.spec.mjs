import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './project-graph.mjs';

const jest = join(root, 'node_modules/jest/bin/jest.js');
const listed = JSON.parse(
  execFileSync(process.execPath, [jest, '--listTests', '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] }).toString(),
);
const found = listed.map((file) => relative(root, file)).sort();

describe('tests', () => {
  it('each spec of the tree is run, whatever folder it stands in', () => {
    const written = globSync('{apps,libs,e2e,bench,demo,proofs,tools}/**/*.spec.{ts,mjs}', { cwd: root }).sort();
    expect(found).toEqual(written);
  });

  it('there are many', () => expect(found.length).toBeGreaterThan(40));
});
