import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import LongestFirst from './longest-first.cjs';

const folder = mkdtempSync(join(tmpdir(), 'stockproof-order-'));
afterAll(() => rmSync(folder, { recursive: true }));

const testOf = (name, source) => {
  const path = join(folder, name);
  writeFileSync(path, source);
  return { path, context: { config: { id: 'unit', cacheDirectory: folder, name: 'unit' }, hasteFS: { getSize: () => source.length } } };
};
const large = testOf('large.spec.ts', `${'// much is said here\n'.repeat(100)}it('is quick', () => {});\n`);
const one = testOf('one.spec.ts', "it('takes its time', async () => {}, 90_000);\n");
const many = testOf('many.spec.ts', "it('begins', () => {}, 60_000);\nit.each([])(\n  '%s',\n  () => {},\n  600_000,\n);\n");

const sequencer = (durations) => {
  const order = new LongestFirst({ contexts: [], globalConfig: {} });
  order._getCache = (test) => (durations[test.path] === undefined ? {} : { [test.path]: [1, durations[test.path]] });
  return order;
};

describe('tests begin with those that may take longest', () => {
  it('by what they say themselves, where nobody has seen them run', () => {
    expect(sequencer({}).sort([large, one, many])).toEqual([many, one, large]);
  });

  it('by how long they took, where that is known of all', () => {
    const took = { [large.path]: 3, [one.path]: 2, [many.path]: 1 };
    expect(sequencer(took).sort([many, one, large])).toEqual([large, one, many]);
  });
});
