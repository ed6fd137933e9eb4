import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { root } from '../architecture/project-graph.mjs';

const pages = () =>
  ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root }).filter((file) => !file.startsWith('docs/generated/'))]
    .filter((file) => existsSync(join(root, file)))
    .sort();

const withoutCodeBlocks = (text) => text.replace(/^```[\s\S]*?^```/gm, '');

const isOutside = (target) => /^[a-z]+:/.test(target) || target.startsWith('#');

const brokenLinks = (page, text) =>
  [...withoutCodeBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target)
    .filter((target) => !isOutside(target))
    .map((target) => target.split('#')[0])
    .filter((target) => !existsSync(join(root, normalize(join(dirname(page), target)))));

const topFolders = 'apps|libs|tools|docs|demo|e2e|proofs|bench|deploy|\\.ci';
/** A path of the tree in backticks; placeholders in angle brackets and patterns with a star are not followed. */
const pathLike = new RegExp(`\`((?:${topFolders})/[^\`\\s]*)\``, 'g');

const missingPaths = (text) =>
  [...withoutCodeBlocks(text).matchAll(pathLike)]
    .map(([, path]) => path)
    .filter((path) => !/[<*…{]/.test(path))
    .filter((path) => !existsSync(join(root, path)));

const guard = /\*\*Guarded by\*\*([\s\S]*?)(?=\n\*\*|\n## |$)/;

const adrProblems = (page, text) => {
  if (!/^docs\/adr\/\d{4}-/.test(page)) return [];
  const missing = ['Context', 'Decision', 'Consequences', 'Guarded by', 'Look again when'].filter((part) => !text.includes(`**${part}**`));
  const unguarded = [...(guard.exec(text)?.[1] ?? '').matchAll(pathLike)].length === 0 ? ['names no guard by its path'] : [];
  return [...missing.map((part) => `lacks "${part}"`), ...unguarded];
};

const promise = /^\| (\*\*.*?\*\*.*?) \| (.*) \|$/gm;

/** Promises that stand there without a test: the links are followed as all others are. */
const unprovenPromises = (page, text) =>
  page !== 'docs/guarantees.md'
    ? []
    : [...text.matchAll(promise)]
        .filter(([, , tests]) => !/\]\([^)\s]+\.(spec|suite)\.ts\)/.test(tests))
        .map(([, promised]) => `promises ${promised} without a test`);

/** What is wrong with one page: where its links and paths lead, whether a decision has its five parts and a promise its test. */
export const problemsOf = (page, text) =>
  [
    ...brokenLinks(page, text).map((target) => `links to ${target}, which does not exist`),
    ...missingPaths(text).map((path) => `names ${path}, which does not exist`),
    ...adrProblems(page, text),
    ...unprovenPromises(page, text),
  ].map((problem) => `${page}: ${problem}`);

const linksOf = (page, text) =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => normalize(join(dirname(page), target.split('#')[0])));

/** Pages that no table of contents leads to. `texts` maps page to text. */
export const orphans = (texts) => {
  const contents = [...texts].filter(([page]) => page.endsWith('README.md') || page === 'CONTRIBUTING.md');
  const linked = new Set(contents.flatMap(([page, text]) => linksOf(page, text)));
  return [...texts.keys()]
    .filter((page) => page.startsWith('docs/') && page !== 'docs/README.md' && !linked.has(page))
    .map((page) => `${page}: no README leads here`);
};

/** What is wrong with the documents written by hand: links and paths that lead nowhere, decisions without a guard, lost pages. */
export const problemsOfHandWritten = () => {
  const texts = new Map(pages().map((page) => [page, readFileSync(join(root, page), 'utf8')]));
  return [...[...texts].flatMap(([page, text]) => problemsOf(page, text)), ...orphans(texts)];
};
