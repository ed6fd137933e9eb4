// Lints code that is not in the tree: samples as JSON on stdin, the rules they break as JSON on stdout. A process of its own, because
// ESLint and Nx keep state in globals that a test runner would share.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import { boundaries } from './boundaries.mjs';
import { lintConfig } from './lint-config.mjs';
import { buildProjectGraph, root } from './project-graph.mjs';
import { typedRules } from './typed-rules.mjs';

const boundaryRule = '@nx/enforce-module-boundaries';
const linterWith = (table) => new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: lintConfig(table) });

const broken = async (linter, { file, code }) => {
  const [result] = await linter.lintText(code, { filePath: file, warnIgnored: true });
  return result.messages.map(({ ruleId, messageId, message }) => ({ rule: ruleId, because: messageId, message }));
};

const inTurn = async (samples, work) => {
  const answers = [];
  for (const sample of samples) answers.push(await work(sample));
  return answers;
};

const verdicts = (linter, samples) => inTurn(samples, (sample) => broken(linter, sample));

const rowName = ({ sourceTag, allSourceTags }) => sourceTag ?? allSourceTags.join(' and ');

/** For each row of the table: which of the boundary samples are still caught when it is gone. */
const withoutEachRow = (samples) =>
  inTurn(boundaries, async (row) => {
    const answers = await verdicts(linterWith(boundaries.filter((other) => other !== row)), samples);
    return { row: rowName(row), answers };
  });

/** Rules about types need a file of a program: the sample stands in the place of one. */
const typedLinter = () =>
  new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: typedRules('./tools/architecture/typed-sample.tsconfig.json') });
const inItsPlace = ({ code }) => ({ file: 'libs/vocabulary/src/sku.ts', code });

// A sample is not what stands on disk, so the program of types must take its text.
process.env.TSESTREE_SINGLE_RUN = 'false';
buildProjectGraph();
const { samples, typedSamples } = JSON.parse(await text(process.stdin));
const complaints = await verdicts(linterWith(boundaries), samples);
const boundarySamples = samples.filter(({ rule }) => rule === boundaryRule);
const missing = await withoutEachRow(boundarySamples);
const typed = await verdicts(typedLinter(), typedSamples.map(inItsPlace));
process.stdout.write(JSON.stringify({ complaints, missing, boundarySamples, typed }));
