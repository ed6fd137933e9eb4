import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { allowed } from './allowed-samples.mjs';
import { boundaries } from './boundaries.mjs';
import { forbiddenImports } from './boundary-samples.mjs';
import { forbiddenCode } from './code-samples.mjs';
import { typedSamples } from './typed-samples.mjs';

const forbidden = [...forbiddenImports, ...forbiddenCode];
const samples = [...forbidden, ...allowed];
let verdict;

beforeAll(() => {
  const script = join(process.cwd(), 'tools/architecture/lint-samples.mjs');
  verdict = JSON.parse(
    execFileSync(process.execPath, [script], { input: JSON.stringify({ samples, typedSamples }), maxBuffer: 64 * 1024 * 1024 }).toString(),
  );
}, 120_000);

const complaintsAbout = (sample) => verdict.complaints[samples.indexOf(sample)];
const catches = (answers, { rule, because }) =>
  answers.some((answer) => answer.rule === rule && (because === undefined || answer.because === because));
const named = (list) => list.map((sample) => [sample.title, sample]);

describe('what the linter must catch', () => {
  it.each(named(forbidden))('%s', (_, sample) => {
    const { rule, because } = sample;
    expect(complaintsAbout(sample)).toContainEqual(expect.objectContaining(because ? { rule, because } : { rule }));
  });
});

describe('what the linter must let pass', () => {
  it.each(named(allowed))('%s', (_, sample) => expect(complaintsAbout(sample)).toEqual([]));
});

describe('what needs types to be caught', () => {
  it.each(named(typedSamples))('%s', (_, sample) => {
    expect(verdict.typed[typedSamples.indexOf(sample)].map(({ rule }) => rule)).toEqual(sample.rule ? [sample.rule] : []);
  });
});

describe('every row of the table is needed', () => {
  it.each(boundaries.map(({ sourceTag, allSourceTags }, index) => [sourceTag ?? allSourceTags.join(' and '), index]))('%s', (_, index) => {
    const { answers } = verdict.missing[index];
    const caught = verdict.boundarySamples.filter((sample) =>
      catches(complaintsAbout(samples.find(({ title }) => title === sample.title)), sample),
    );
    const missed = caught.filter((sample) => !catches(answers[verdict.boundarySamples.indexOf(sample)], sample));
    expect(missed).not.toEqual([]);
  });
});
