import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

/** `Rejection<'Name'>` and `Rejection<'Name', …>`, also where the name stands on the next line. */
const rejectionsIn = (text) => [...text.matchAll(/Rejection<\s*'(\w+)'/g)].map(([, name]) => name);

/** Every rejection of a file that no specification beside it names. */
export const untold = (file, specs) => {
  const said = specs.join('\n');
  return rejectionsIn(file).filter((name) => !new RegExp(`type: '${name}'|'${name}'`).test(said));
};

describe('every way to say no has a scenario', () => {
  const files = globSync('libs/*/domain/src/**/*.rejections.ts', { cwd: root });

  it.each(files)('%s', (file) => {
    const folder = join(root, dirname(file));
    const specs = globSync('**/*.spec.ts', { cwd: folder }).map((spec) => readFileSync(join(folder, spec), 'utf8'));
    expect(untold(readFileSync(join(root, file), 'utf8'), specs)).toEqual([]);
  });

  it('is looked for in all contexts', () => {
    expect(new Set(files.map((file) => file.split('/')[1])).size).toBe(5);
  });

  it('sees one that is missing', () => {
    expect(untold("export type R = | Rejection<'Told'> | Rejection<\n  'Untold', { sku: Sku }>;", ["expect({ type: 'Told' })"])).toEqual([
      'Untold',
    ]);
  });
});
