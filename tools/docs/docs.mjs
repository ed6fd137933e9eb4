// Writes docs/generated from the code; with --check it writes nothing and fails where what is committed differs, or where a document
// written by hand names a file that does not exist.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../architecture/project-graph.mjs';
import { apiFindings } from './api-lint.mjs';
import { asyncApi } from './asyncapi.mjs';
import { buildProduct } from './compiled.mjs';
import { events } from './events.mjs';
import { problemsOf, problemsOfHandWritten } from './hand-written.mjs';
import { openApi } from './openapi.mjs';
import { projectGraph } from './projects.mjs';
import { rejections } from './rejections.mjs';
import { roles } from './roles.mjs';

/** Each answers the documents it makes: path below docs/generated and text. What it has no source for yet, it leaves out. */
const generators = [projectGraph, events, asyncApi, rejections, roles, openApi];

/** Made by an end-to-end run, `npm run docs:story`, which also finds out what is stale: here only their links are followed. */
const madeElsewhere = ['story-of-an-order.md'];

const folder = join(root, 'docs/generated');

const generate = async () => {
  buildProduct();
  const documents = new Map();
  for (const generator of generators)
    for (const [name, text] of await generator()) documents.set(name, text.endsWith('\n') ? text : `${text}\n`);
  return documents;
};

const committed = () => globSync('**/*.*', { cwd: folder }).filter((name) => !madeElsewhere.includes(name));
const leftovers = (documents) => committed().filter((name) => !documents.has(name));

const write = (documents) => {
  for (const name of leftovers(documents)) rmSync(join(folder, name));
  for (const [name, text] of documents) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  console.log(`wrote ${documents.size} documents`);
};

const isStale = ([name, text]) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), 'utf8') !== text;

const problemsOfMadeElsewhere = (name) =>
  existsSync(join(folder, name))
    ? problemsOf(`docs/generated/${name}`, readFileSync(join(folder, name), 'utf8'))
    : [`docs/generated/${name} is not there: run npm run docs:story`];

const check = (documents) => {
  const stale = [...documents].filter(isStale).map(([name]) => `docs/generated/${name} is stale: run npm run docs`);
  const gone = leftovers(documents).map((name) => `docs/generated/${name} has no source any more: run npm run docs`);
  const problems = [...stale, ...gone, ...madeElsewhere.flatMap(problemsOfMadeElsewhere), ...problemsOfHandWritten(), ...apiFindings()];
  for (const problem of problems) console.log(problem);
  console.log(`${documents.size} generated documents, ${problems.length} problems`);
  process.exitCode = problems.length > 0 ? 1 : 0;
};

const documents = await generate();
if (process.argv.includes('--check')) check(documents);
else write(documents);
