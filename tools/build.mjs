// One swc pass over every source folder into dist/ (or the folder that is named), as CommonJS; files that the code reads at run time
// are copied beside it.
import { transformFile } from '@swc/core';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const out = join(root, process.argv[2] ?? 'dist');
const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.base.json'), 'utf8'));

export const swcOptions = {
  swcrc: false,
  sourceMaps: true,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2023',
    keepClassNames: true,
    baseUrl: root,
    paths: compilerOptions.paths,
    experimental: {},
  },
  module: { type: 'commonjs', resolveFully: true },
};

const folders = '{apps,libs,e2e,bench,demo,proofs}';
const sources = globSync(`${folders}/**/*.ts`, { cwd: root, exclude: (name) => String(name).includes('node_modules') });
const assets = globSync(`${folders}/**/*.{sql,json,html,csv,jsonl,xml}`, { cwd: root }).filter((file) => !file.endsWith('project.json'));

await rm(out, { recursive: true, force: true });
for (const folder of new Set([...sources, ...assets].map((file) => dirname(file)))) await mkdir(join(out, folder), { recursive: true });
await Promise.all([
  ...sources.map(async (file) => {
    const target = join(out, file.replace(/\.ts$/, '.js'));
    const { code, map } = await transformFile(join(root, file), { ...swcOptions, filename: join(root, file) });
    await Promise.all([
      writeFile(target, `${code}\n//# sourceMappingURL=${target.split('/').at(-1)}.map\n`),
      writeFile(`${target}.map`, map),
    ]);
  }),
  ...assets.map((file) => cp(join(root, file), join(out, file))),
]);
console.log(`built ${sources.length} files`);
