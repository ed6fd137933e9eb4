import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../architecture/project-graph.mjs';

const out = '.nx/docs-build';
const load = createRequire(import.meta.url);

/** The product compiled into a folder of its own, so that a running `dist/` stays as it is. */
export const buildProduct = () =>
  execFileSync(process.execPath, [join(root, 'tools/build.mjs'), out], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });

export const compiledPath = (file) => join(root, out, file.replace(/\.ts$/, '.js'));

/** What a source file exports when it runs. */
export const compiled = (file) => load(compiledPath(file));

export const compiledIfThere = (file) => (existsSync(compiledPath(file)) ? compiled(file) : undefined);
