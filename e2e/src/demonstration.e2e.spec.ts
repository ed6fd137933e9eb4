import { demoHasReached, expectedDemoTable, keepDemoTable, runDemo, servedOtherwise } from './testing/demonstration';

/** Where the product is killed: right after these words, in the middle of what follows them. */
const moments: readonly (readonly [step: number, words: RegExp])[] = [
  [1, /an account$/m],
  [3, /shopify-orders\.csv: \d+ of/],
  [4, /^4\/8/m],
  [5, /^ *5\/8/m],
  [6, /ordered and announced/],
];

describe('the demonstration', () => {
  it('ends with a table in which every invariant holds', async () => {
    const table = await runDemo({ app: 'all-in-one' });
    expect(table.invariants.filter(({ holds }) => !holds)).toEqual([]);
    expect(table.invariants.length).toBeGreaterThanOrEqual(12);
    keepDemoTable(table);
    expect(table).toEqual(expectedDemoTable());
  }, 400_000);

  it('ends with the same table while the product is killed (-9) during its steps, once with the database, and started again', async () => {
    const killed: number[] = [];
    const table = await runDemo({
      app: 'all-in-one',
      meanwhile: async (installation, demo) => {
        for (const [step, words] of moments) {
          await demoHasReached(demo, words);
          await (step === 4 ? installation.killWithDatabase() : installation.kill());
          await installation.start('all-in-one');
          killed.push(step);
        }
      },
    });
    expect(killed).toEqual([1, 3, 4, 5, 6]);
    process.stdout.write(servedOtherwise());
    expect(table).toEqual(expectedDemoTable());
  }, 600_000);

  it('ends with the same table against the five services as processes of their own', async () => {
    expect(await runDemo({ app: 'services-launcher' })).toEqual(expectedDemoTable());
  }, 400_000);
});
