import { spawn } from 'node:child_process';
import { join } from 'node:path';

type Run = { readonly code: number | null; readonly output: string };

/** The test as people run it, from what was built. */
const runHistory = (...words: readonly string[]): Promise<Run> => {
  const main = join(__dirname, '..', '..', '..', 'dist', 'proofs', 'src', 'history', 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
};

describe('a history', () => {
  it('of thousands of operations on four processes that are killed now and then keeps every promise', async () => {
    const { code, output } = await runHistory('--short');
    // The whole output, with its seed and what is wrong, where something is.
    expect({ code, broken: /BROKEN/.test(output) ? output : 'nothing' }).toEqual({ code: 0, broken: 'nothing' });
    const [, operations, kills] = /(\d+) operations in \d+ s, (\d+) processes killed/.exec(output) ?? [];
    expect(Number(operations)).toBeGreaterThanOrEqual(2_000);
    expect(Number(kills)).toBeGreaterThanOrEqual(3);
  }, 600_000);
});

describe('a broken twin of the product is caught', () => {
  const seedsAtMost = 5;

  /** Each must be caught by the promise that it breaks, not only by what follows from it. */
  it.each([
    ['store', '(no unit is promised twice|no adjustment takes more than is there)', 'an event store that ignores expected revisions'],
    ['refusal', 'a refusal was right at some moment', 'refusals that are not confirmed'],
  ])(
    '%s: %s (%s)',
    async (twin, promise) => {
      const seeds: string[] = [];
      const caughtBy = async (): Promise<boolean> => {
        const seed = `${twin}-${seeds.length + 1}`;
        seeds.push(seed);
        const { output } = await runHistory('--twin', twin, '--seed', seed);
        return new RegExp(`BROKEN.*${promise}`).test(output);
      };
      let caught = false;
      while (!caught && seeds.length < seedsAtMost) caught = await caughtBy();
      process.stdout.write(`${twin}: ${caught ? 'caught' : 'not caught'} with the seeds ${seeds.join(', ')}\n`);
      expect(caught).toBe(true);
    },
    900_000,
  );
});
