import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as exported from './index';

const folder = join(__dirname, 'golden');
const contracts = Object.values(exported).flatMap((each) => (typeof each === 'object' && 'schema' in each ? [each] : []));

describe('messages of tenancy as they were once sent', () => {
  it.each(readdirSync(folder))('%s is understood for ever, word by word', (file) => {
    const contract = contracts.find(({ type }) => type === `stockproof.tenancy.${file.replace('.json', '')}`);
    const message: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    expect(contract?.schema.parse(message)).toMatchObject(message as object);
  });

  it('are kept of every contract', () =>
    expect(contracts.map(({ type }) => `${type.replace('stockproof.tenancy.', '')}.json`).sort()).toEqual(readdirSync(folder).sort()));
});
