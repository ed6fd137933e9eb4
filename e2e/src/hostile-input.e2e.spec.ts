import { readOperations, type Operation } from './testing/api-document';
import { ask, faultOf, inParallel, told, type Reply } from './testing/asking';
import { hostileVariants, type Variant } from './testing/hostile-variants';
import { newInstallation, type Installation } from './testing/installation';
import { adminToken, newPopulatedMerchant } from './testing/populated';

jest.setTimeout(240_000);

const width = 24;

let installation: Installation;
let output: () => string;
beforeAll(async () => {
  installation = await newInstallation();
  ({ output } = await installation.start('all-in-one'));
});
afterAll(() => installation.remove());

const judged = (operation: Operation, { about, statuses }: Variant, reply: Reply): string | null => {
  const asWanted = statuses === null || operation.isPublic || statuses.includes(reply.status);
  const fault = faultOf(operation, reply) ?? (asWanted ? null : `is not ${statuses.join(' or ')}`);
  return fault === null ? null : told(operation, about, fault, reply);
};

it('whatever an operation is sent, it answers as documented, refuses what nobody means, and never fails', async () => {
  const { merchant, known } = await newPopulatedMerchant(installation);
  const admin = await adminToken(installation);
  const tokenFor = ({ isPublic, id }: Operation): string | null => (isPublic ? null : id === 'createOrganization' ? admin : merchant.token);
  const operations = await readOperations(installation.base);
  const all = operations.flatMap((operation) => hostileVariants(operation, known).map((variant) => ({ operation, variant })));
  expect(all.length).toBeGreaterThan(3_000);
  const faults = await inParallel(all, width, async ({ operation, variant }) => {
    return judged(operation, variant, await ask(installation.base, operation, { token: tokenFor(operation), ...variant.request }));
  });
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
  expect(output()).not.toMatch(/a request failed/);
});
