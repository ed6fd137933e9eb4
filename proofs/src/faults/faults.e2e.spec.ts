import { spawn } from 'node:child_process';
import { join } from 'node:path';

type Run = { readonly code: number | null; readonly output: string };

/** The run as people start it, from what was built. */
const runFaults = (...words: readonly string[]): Promise<Run> => {
  const main = join(__dirname, '..', '..', '..', 'dist', 'proofs', 'src', 'faults', 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
};

describe('services that are killed, stopped, cut off, slowed and told twice, over a database that is restarted', () => {
  it('keep every promise, meanwhile and afterwards', async () => {
    const { code, output } = await runFaults('--short');
    // The whole output, with its seed and what is wrong, where something is.
    expect({ code, wrong: /BROKEN|WRONG/.test(output) || code !== 0 ? output : 'nothing' }).toEqual({ code: 0, wrong: 'nothing' });
    const [, operations, faults, looks] = /(\d+) operations and (\d+) faults in \d+ s, looked at (\d+) times/.exec(output) ?? [];
    process.stdout.write(`${operations} operations and ${faults} faults, ${/partitions are .*/.exec(output)?.[0]}\n`);
    expect(Number(operations)).toBeGreaterThanOrEqual(100);
    expect(Number(faults)).toBeGreaterThanOrEqual(7);
    expect(Number(looks)).toBeGreaterThanOrEqual(3);
  }, 400_000);
});
