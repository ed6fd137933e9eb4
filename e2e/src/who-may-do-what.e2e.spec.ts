import { randomUUID } from 'node:crypto';
import { readOperations, type Operation } from './testing/api-document';
import { ask, faultOf, inParallel, told, type Reply } from './testing/asking';
import { succeed } from './testing/http-client';
import { newInstallation } from './testing/installation';
import { newMerchant, type Merchant } from './testing/merchant';
import { adminToken, newPopulatedMerchant, signInAs, type Populated } from './testing/populated';
import { bodyOf, pathOf } from './testing/samples';
import { countEventsAtRest } from './testing/streams';

jest.setTimeout(180_000);

const width = 40;
/** Channels say who they are by a signature. */
const pushes = ['receivePurchasingWarehousePush', 'receiveSalesShopPush', 'receiveSalesWarehousePush', 'receiveStockWarehousePush'];
/** Reads of what only managers of the account may see. */
const kept = new Set(['listApiKeys']);
/** Reads whose question is too long for a path. */
const longQuestions = new Set(['readAvailability', 'askWhatIfForOrder', 'askWhatIfForBasket']);

let operations: readonly Operation[];
let populated: Populated;
let foreign: Merchant;
let admin: string;
let databaseUrl: string;
let remove: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  const installation = await newInstallation();
  remove = installation.remove;
  await installation.start('all-in-one');
  databaseUrl = installation.databaseUrl();
  operations = await readOperations(installation.base);
  populated = await newPopulatedMerchant(installation);
  foreign = await newMerchant(installation, null);
  admin = await adminToken(installation);
});
afterAll(() => remove());

type Question = {
  readonly about: readonly Operation[];
  readonly token: string | null;
  readonly instead?: Readonly<Record<string, string>>;
  readonly expected: (operation: Operation) => readonly number[];
};

/** Asks with what would be taken from somebody who may; says which answers are not as expected. */
const wronglyAnswered = async ({ about, token, instead = {}, expected }: Question): Promise<readonly string[]> => {
  const { merchant, known } = populated;
  const faults = await inParallel(about, width, async (operation) => {
    const body = bodyOf(operation, known);
    const request = { path: pathOf(operation, known, instead), token, ...(body === undefined ? {} : { body }) };
    const reply = await ask(merchant.base, operation, request);
    return unexpected(operation, reply, expected(operation));
  });
  return faults.filter((fault) => fault !== null);
};

const unexpected = (operation: Operation, reply: Reply, expected: readonly number[]): string | null => {
  const fault = expected.includes(reply.status) ? faultOf(operation, reply) : `is not ${expected.join(' or ')}`;
  return fault === null ? null : told(operation, 'who may', fault, reply);
};

/** All is answered as expected, and no event comes of it. */
const expectAnswers = async (...questions: readonly Question[]): Promise<void> => {
  expect(questions.filter(({ about }) => about.length === 0)).toEqual([]);
  const before = await countEventsAtRest(databaseUrl);
  const faults = await Promise.all(questions.map(wronglyAnswered));
  expect({ faults: faults.flat(), written: (await countEventsAtRest(databaseUrl)) - before }).toEqual({ faults: [], written: 0 });
};

const closed = () => operations.filter(({ isPublic }) => !isPublic);
const ofAccount = () => closed().filter(({ path }) => path.includes('/accounts/{accountId}'));
const ofOrganization = () => closed().filter(({ path }) => path.includes('{organizationId}'));
const ofTenant = () => [...ofAccount(), ...ofOrganization()];
const ofNobody = () => closed().filter((operation) => !ofTenant().includes(operation));
const reads = ({ method, id }: Operation): boolean => (method === 'GET' || longQuestions.has(id)) && !kept.has(id);
const only = (id: string) => operations.filter((operation) => operation.id === id);
const always = (status: number) => () => [status];

describe('an operation of the document', () => {
  it('is of an account, of an organization, of whoever is signed in, or public for a reason', () => {
    expect(ofAccount().length).toBeGreaterThan(60);
    expect(ofOrganization().length).toBeGreaterThan(10);
    expect(
      ofNobody()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['changePassword', 'createOrganization', 'editProfile', 'readMe']);
    expect(
      operations
        .filter(({ isPublic }) => isPublic)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...pushes, 'listSigningKeys', 'refreshSession', 'signIn', 'signOut'].sort());
  });

  it('answers 401 without a credential, or with one that nobody issued', async () => {
    await expectAnswers(
      { about: closed(), token: null, expected: always(401) },
      { about: closed(), token: `spf_live_${'a'.repeat(43)}`, expected: always(401) },
    );
  });

  it('has nothing for people of another organization, nor for the administrator of the installation', async () => {
    await expectAnswers(
      { about: ofTenant(), token: foreign.token, expected: always(404) },
      { about: ofTenant(), token: admin, expected: always(404) },
    );
  });

  it('has nothing for people of another account of the organization', async () => {
    const { call, token, organizationId, warehouses } = populated.merchant;
    const { body } = await succeed(
      call('POST', `/v1/tenancy/organizations/${organizationId}/accounts`, { token, body: { name: 'Sibling' } }),
    );
    const sibling = {
      ...populated.merchant,
      of: (service: string, path: string) => `/v1/${service}/accounts/${String(body['accountId'])}${path}`,
    };
    await succeed(call('PUT', sibling.of('tenancy', `/warehouses/${warehouses.NORTH}`), { token, body: {} }));
    const administrator = await signInAs(sibling, 'administrator');
    await expectAnswers(
      { about: ofAccount(), token: administrator, expected: always(404) },
      { about: ofOrganization(), token: administrator, expected: always(403) },
    );
  });

  it('does not know an account or an organization that there is not', async () => {
    const instead = { accountId: randomUUID(), organizationId: randomUUID() };
    await expectAnswers({ about: ofTenant(), token: populated.merchant.token, instead, expected: always(404) });
  });

  it('shows a viewer everything of the account and lets them change nothing', async () => {
    const viewer = await signInAs(populated.merchant, 'viewer');
    await expectAnswers(
      { about: ofAccount(), token: viewer, expected: (operation) => (reads(operation) ? [200, 404] : [403]) },
      { about: ofOrganization(), token: viewer, expected: always(403) },
    );
  });

  it('gives a key of a machine what it is for and nothing more', async () => {
    const { body } = await succeed(populated.merchant.post('tenancy', '/api-keys', { name: 'Stock reader', scopes: ['stock:read'] }));
    const token = String(body['key']);
    const ofStock = (operation: Operation): boolean =>
      reads(operation) && operation.path.startsWith('/v1/stock/') && !/\/(jobs|parked-keys|events)$|\/imports(\/|$)/.test(operation.path);
    await expectAnswers(
      { about: ofAccount(), token, expected: (operation) => (ofStock(operation) ? [200, 404] : [403]) },
      { about: ofAccount(), token, instead: { accountId: foreign.accountId }, expected: always(404) },
    );
  });

  it('lets nobody but the administrator of the installation create an organization', async () => {
    await expectAnswers({ about: only('createOrganization'), token: populated.merchant.token, expected: always(403) });
  });
});

describe('a public operation', () => {
  it('tells nobody anything who has no password, token or signature', async () => {
    await expectAnswers(
      { about: only('signIn'), token: null, expected: always(401) },
      { about: only('refreshSession'), token: null, expected: always(401) },
      { about: only('signOut'), token: null, expected: always(204) },
      ...pushes.flatMap((id) => [
        { about: only(id), token: null, expected: always(401) },
        { about: only(id), token: null, instead: { accountId: randomUUID() }, expected: always(401) },
      ]),
    );
  });

  it('shows public keys and nothing private of them', async () => {
    const [jwks] = only('listSigningKeys');
    const { status, text } = await ask(populated.merchant.base, jwks as Operation, { path: '/v1/tenancy/jwks' });
    const { keys } = JSON.parse(text) as { readonly keys: readonly Record<string, unknown>[] };
    expect({ status, private: keys.filter((key) => 'd' in key), some: keys.length > 0 }).toEqual({ status: 200, private: [], some: true });
  });
});
