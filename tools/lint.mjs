// ESLint over everything, after a fresh project graph: without one the boundary rules would skip themselves.
import { readFile } from 'node:fs/promises';
import { ESLint } from 'eslint';
import { buildProjectGraph, root } from './architecture/project-graph.mjs';

const started = Date.now();
buildProjectGraph();

const eslint = new ESLint({ cwd: root });
const results = await eslint.lintFiles(process.argv.length > 2 ? process.argv.slice(2) : ['.']);
const report = await (await eslint.loadFormatter('stylish')).format(results);
if (report) console.log(report);

const sources = await Promise.all(results.map(async ({ filePath }) => ({ filePath, text: await readFile(filePath, 'utf8') })));
const disabled = sources.flatMap(({ filePath, text }) =>
  [...text.matchAll(/^.*(?:\/\/|\/\*)\s*eslint-disable(?<rest>[^\n]*)/gm)].map(({ groups }) => ({
    filePath,
    hasReason: / -- \S/.test(groups.rest),
  })),
);
const withoutReason = disabled.filter(({ hasReason }) => !hasReason);
for (const { filePath } of withoutReason) console.log(`${filePath}: an eslint-disable comment without its reason (" -- because …")`);

const codeLines = (text) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
const lengths = sources
  .filter(({ filePath }) => filePath.endsWith('.ts') && !/\.(spec|suite)\.ts$/.test(filePath))
  .map(({ text }) => codeLines(text))
  .sort((one, other) => one - other);
const lengthAt = (share) => lengths[Math.floor(lengths.length * share)] ?? 0;
console.log(`lines per file: median ${lengthAt(0.5)}, nine of ten up to ${lengthAt(0.9)}, longest ${lengths.at(-1) ?? 0}`);

const errors = results.reduce((sum, { errorCount, warningCount }) => sum + errorCount + warningCount, 0) + withoutReason.length;
console.log(
  `${results.length} files, ${errors} problems, ${disabled.length} eslint-disable comments, ${((Date.now() - started) / 1000).toFixed(1)} s`,
);
process.exitCode = errors > 0 ? 1 : 0;
