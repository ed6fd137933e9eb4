import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@stockproof/postgres-embedded';
import { freePort } from '@stockproof/service-host/testing';
import { Webhook } from 'standardwebhooks';
import { commandLine } from './testing/command-line';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { openShop, orderWhen } from './testing/order-desk';
import { untilTrue, type ProductProcess } from './testing/product-process';
import { rememberingClient, type Question, type RememberingClient } from './testing/remembering-client';
import { startRepeatingPeer, type RepeatingPeer } from './testing/repeating-peer';
import { newWord, search, type Found } from './testing/searching';
import { countEventsAtRest } from './testing/streams';

const words = <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, newWord(name.toLowerCase())])) as Readonly<Record<Name, string>>;

/** Somebody chose these, and they are used where they belong. */
const passwords = words('administrator', 'owner', 'ownerLater', 'user');
const credentials = words('warehouseToken', 'warehousePushes', 'unreachableToken', 'shopToken', 'shopPushes', 'unsendableToken');
/** These are used where they open nothing. */
const wrong = words('guessed', 'misplaced', 'otherDatabase', 'broker');
/** Of letters and digits as bytes, and so found as bytes too. */
const masterKey = randomBytes(16).toString('hex');

/** With what JSON and URLs write in another way: whoever repeats the secret repeats the word. */
const inFull = (word: string): string => `${word}"\\%/é`;
const signing = (word: string): string => `whsec_${Buffer.from(word).toString('base64')}`;

/** Put by the test where secrets could hide. */
const planted = words('text', 'bytes', 'file', 'printed', 'answer', 'read', 'words');

const environment: Record<string, string> = {
  STOCKPROOF_KEY: Buffer.from(masterKey).toString('hex'),
  STOCKPROOF_ADMIN_PASSWORD: inFull(passwords.administrator),
  STOCKPROOF_HOST: '127.0.0.1',
  STOCKPROOF_OUTBOUND_ALLOW: '127.0.0.0/8',
  STOCKPROOF_LOG_LEVEL: 'debug',
};
const sessions = '/v1/tenancy/sessions';
const administrator = { email: 'admin', password: inFull(passwords.administrator) };

describe('secrets', () => {
  const made: Record<string, string> = {};
  const printed: Record<string, string> = {};
  const statuses: Record<string, number> = {};
  let installation: Installation;
  let database: EmbeddedPostgres;
  let product: ProductProcess;
  let peer: RepeatingPeer;
  let client: RememberingClient;
  let merchant: Merchant;
  let bystander: ChildProcess | undefined;
  let found: Found;

  const startDatabase = async (): Promise<void> => {
    database = await startEmbeddedPostgres({ dataDir: installation.dataDir, log: () => undefined });
  };

  const signIn = async (who: string, { email, password }: { readonly email: string; readonly password: string }): Promise<string> => {
    const { accessToken, refreshToken } = await client.done(who, 'POST', sessions, { body: { email, password } });
    Object.assign(made, { [`access token of ${who}`]: accessToken, [`refresh token of ${who}`]: refreshToken });
    return String(accessToken);
  };

  const people = async (): Promise<void> => {
    const owner = { email: `${randomUUID()}@example.com`, name: 'Olga', password: inFull(passwords.owner) };
    const organization = { name: 'Another', timeZone: 'Europe/Berlin', owner };
    const first = await signIn('administrator', administrator);
    await client.done('an organization', 'POST', '/v1/tenancy/organizations', { token: first, body: organization });
    const body = { currentPassword: owner.password, newPassword: inFull(passwords.ownerLater) };
    await client.done('a new password', 'PUT', '/v1/tenancy/me/password', { token: await signIn('owner', owner), body });
    await signIn('owner, later', { ...owner, password: body.newPassword });
    const refreshToken = made['refresh token of owner, later'];
    const next = await client.done('refreshing', 'POST', `${sessions}/refresh`, { body: { refreshToken } });
    const user = { email: `${randomUUID()}@example.com`, name: 'Uma', password: inFull(passwords.user), role: 'viewer' };
    await client.done('a user', 'POST', merchant.of('tenancy', '/users'), { token: merchant.token, body: user });
    await signIn('user', user);
    Object.assign(made, { 'next refresh token': next['refreshToken'], 'access token of merchant': merchant.token });
  };

  const apiKey = async (): Promise<void> => {
    const kinds = ['account', 'user', 'order', 'stock', 'purchase-order', 'catalog', 'channel', 'job', 'exception', 'event', 'dead-letter'];
    const body = { name: 'Reader', scopes: kinds.map((each) => `${each}:read`) };
    const question = { token: merchant.token, body, headers: { 'idempotency-key': randomUUID() } };
    made['API key'] = String((await client.done('an API key', 'POST', merchant.of('tenancy', '/api-keys'), question))['key']);
    const again = 'the same API key again';
    statuses[again] = (await client.ask(again, 'POST', merchant.of('tenancy', '/api-keys'), question)).status;
  };

  const channel = (endpointUrl: string, token: string, pushes?: string) => ({
    ...{ connector: 'generic-http', endpointUrl },
    credentials: { token, ...(pushes === undefined ? {} : { pushSecrets: [signing(pushes)] }) },
  });
  const behind = async (warehouse: 'NORTH' | 'SOUTH', setUp: object): Promise<void> => {
    const body = { fulfillmentChannel: { applicationType: 'connector', ...setUp } };
    const path = merchant.of('tenancy', `/warehouses/${merchant.warehouses[warehouse]}`);
    await client.done(`a system behind ${warehouse}`, 'PUT', path, { token: merchant.token, body });
  };
  const shop = async (code: string, setUp: object): Promise<string> => {
    const body = { code, name: code, jobPeriodsMs: { 'import-orders': 1_000 }, ...setUp };
    const added = await client.done(`shop ${code}`, 'POST', merchant.of('tenancy', '/sales-channels'), { token: merchant.token, body });
    return String(added['channelId']);
  };
  const failed = async (...places: readonly string[]): Promise<void> => {
    type Job = { readonly subject: string; readonly lastError: string | null };
    await eventually(
      async () => (await merchant.get('sales', '/jobs?limit=100')).body['items'] as readonly Job[],
      (jobs) => places.every((id) => jobs.some(({ subject, lastError }) => subject.includes(id) && lastError !== null)),
    );
  };
  const push = async (name: string, secret: string): Promise<number> => {
    const [id, at, body] = [randomUUID(), new Date(), JSON.stringify({ type: 'no-such-type', data: {} })];
    const headers = {
      ...{ 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)) },
      'webhook-signature': new Webhook(signing(secret)).sign(id, at, body),
    };
    const path = merchant.of('sales', `/warehouses/${merchant.warehouses.NORTH}/pushes`);
    return (await client.ask(name, 'POST', path, { body, headers })).status;
  };

  /** One refuses and one takes and hands over, each repeating its token; one answers nothing, and one has a token that no header can carry. */
  const channels = async (): Promise<void> => {
    await behind('NORTH', channel(`${peer.url}/closed`, `${credentials.warehouseToken}"\\%/`, credentials.warehousePushes));
    await behind('SOUTH', channel(`http://127.0.0.1:${await freePort(1)}`, credentials.unreachableToken));
    await shop('OPEN', channel(`${peer.url}/open`, credentials.shopToken, credentials.shopPushes));
    const unsendable = await shop('UNSENDABLE', channel(`${peer.url}/open`, `${credentials.unsendableToken}\n`));
    const refused = await placeOrder(merchant, { orderNumber: 'REFUSED', lines: [{ sku: 'TEA', quantity: 1 }] });
    await placeOrder(merchant, { orderNumber: 'UNHEARD', lines: [{ sku: 'RUM', quantity: 1 }] });
    await orderWhen(merchant, refused, ({ shipments }) => typeof shipments[0]?.failure === 'string');
    await failed(merchant.warehouses.SOUTH, unsendable);
    await untilTrue(
      () => ['GET /open/orders', 'POST /open/products', 'GET /closed/receipts'].every((each) => peer.asked().includes(each)),
      30_000,
      () => `asked: ${peer.asked().join(', ')}`,
    );
    expect([await push('a push', credentials.warehousePushes), await push('a push of another', wrong.guessed)]).toEqual([422, 401]);
  };

  const wrongQuestions = async (): Promise<void> => {
    const { token, of, warehouses } = merchant;
    const [email, secret] = ['admin', inFull(wrong.misplaced)];
    const connector = { applicationType: 'connector', connector: 'generic-http', endpointUrl: `${peer.url}/closed` };
    const warehouse = (body: object) => ['PUT', of('tenancy', `/warehouses/${warehouses.NORTH}`), { token, body }] as const;
    const shopAt = (endpointUrl: string) =>
      [
        'POST',
        of('tenancy', '/sales-channels'),
        { token, body: { code: newWord('shop'), name: 'Shop', connector: 'generic-http', endpointUrl } },
      ] as const;
    const questions: Readonly<Record<string, readonly [string, string, Question?]>> = {
      'a wrong password': ['POST', sessions, { body: { email, password: inFull(wrong.guessed) } }],
      'a password of nobody': ['POST', sessions, { body: { email: 'nobody@example.com', password: inFull(wrong.guessed) } }],
      'a password in a list': ['POST', sessions, { body: { email, password: [secret] } }],
      'a password in a field that nobody knows': ['POST', sessions, { body: { email, passwort: secret } }],
      'a password for a name, and too long': ['POST', sessions, { body: { email: secret, password: secret.repeat(10) } }],
      'a body that ends too early': ['POST', sessions, { body: `{"email":"admin","password":"${secret}` }],
      'a form': ['POST', sessions, { body: `password=${secret}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
      'a password in a query': ['GET', `/v1/tenancy/me?password=${encodeURIComponent(secret)}`, { token }],
      'a token of nobody': ['GET', '/v1/tenancy/me', { token: wrong.misplaced }],
      'an API key of nobody': ['GET', of('stock', '/levels'), { token: `spf_live_${wrong.misplaced}` }],
      'a refresh token of nobody': ['POST', `${sessions}/refresh`, { body: { refreshToken: secret } }],
      'a wrong password to change': ['PUT', '/v1/tenancy/me/password', { token, body: { currentPassword: secret, newPassword: secret } }],
      'credentials as a text': warehouse({ fulfillmentChannel: { ...connector, credentials: secret } }),
      'credentials beside their place': warehouse({ fulfillmentChannel: connector, credentials: { token: secret } }),
      'a warehouse with a password in its URL': warehouse({
        fulfillmentChannel: { ...connector, endpointUrl: `http://us:${wrong.misplaced}@127.0.0.1/` },
      }),
      'a shop with a password in its URL': shopAt(`http://us:${wrong.misplaced}@127.0.0.1/`),
      'a shop with a key in its query': shopAt(`http://127.0.0.1/?key=${wrong.misplaced}`),
      'a shop with a key in its fragment': shopAt(`http://127.0.0.1/#${wrong.misplaced}`),
    };
    for (const [name, question] of Object.entries(questions)) statuses[name] = (await client.ask(name, ...question)).status;
  };

  const databaseAway = async (): Promise<void> => {
    await database.stop();
    const signingIn = (name: string, status: number) =>
      eventually(
        () => client.ask(name, 'POST', sessions, { body: { email: 'nobody', password: inFull(wrong.guessed) } }),
        (answer) => answer.status === status,
      );
    await signingIn('signing in without a database', 503);
    const readiness = `http://127.0.0.1:${Number(new URL(installation.base).port) + 6}/readyz`;
    client.answers['readiness'] = await eventually(
      async () => (await fetch(readiness)).text(),
      (text) => text.includes('"ready":false'),
    );
    await startDatabase();
    await signingIn('signing in with a database again', 401);
  };

  /** Of an operator: beside the product, and where nothing answers under what the environment names. */
  const commands = async (): Promise<void> => {
    const login = { KAFKA_SASL_MECHANISM: 'scram-sha-256', KAFKA_SASL_USERNAME: 'us', KAFKA_SASL_PASSWORD: wrong.broker };
    const silent = { DATABASE_URL: `postgres://us:${wrong.otherDatabase}@127.0.0.1:1/db`, KAFKA_BROKERS: '127.0.0.1:1', ...login };
    const [beside, elsewhere] = [commandLine(installation), commandLine({ ...installation, environment: { ...environment, ...silent } })];
    const said = await Promise.all([
      beside('check-config'),
      beside('export-events', 'tenancy', merchant.accountId),
      elsewhere('check-config', '--timeout', '1'),
    ]);
    expect(said.map(({ code }) => code)).toEqual([0, 0, 69]);
    for (const [name, { out, err }] of said.entries()) printed[`command ${name + 1}`] = out + err;
  };

  /** As somebody careless would, in every kind of place and writing. */
  const plant = async (): Promise<void> => {
    const writer = new Client({ connectionString: database.url });
    await writer.connect();
    await writer.query('create table public.planted (text text, bytes bytea)');
    await writer.query('insert into public.planted values ($1, $2)', [
      JSON.stringify({ of: inFull(planted.text) }),
      Buffer.from(planted.bytes),
    ]);
    await writer.end();
    writeFileSync(join(installation.dataDir, 'planted'), Buffer.from(`a ${planted.file} b`).toString('base64'));
    printed['the test'] = `could not reach http://us:${encodeURIComponent(inFull(planted.printed))}@example.com`;
    client.answers['the test'] = JSON.stringify({ detail: JSON.stringify(inFull(planted.answer)) });
    const renaming = { token: merchant.token, body: { name: planted.read } };
    await client.done('another name', 'PUT', merchant.of('tenancy', '/name'), renaming);
    bystander = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 60_000)', planted.words], { stdio: 'ignore' });
    await once(bystander, 'spawn');
  };

  beforeAll(async () => {
    peer = await startRepeatingPeer();
    installation = await newInstallation(environment);
    client = rememberingClient(installation.base);
    await startDatabase();
    // Not embedded: a product that is told where its database is, and has the password from there.
    environment['DATABASE_URL'] = database.url;
    product = await installation.start('all-in-one');
    merchant = await newMerchant({ ...installation, adminPassword: () => administrator.password }, null);
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 5 },
      { sku: 'RUM', warehouse: 'SOUTH', quantity: 5 },
    ]);
    for (const step of [people, apiKey, channels, wrongQuestions, databaseAway, commands, plant]) await step();
    await countEventsAtRest(database.url);
    Object.assign(made, { 'password of the database': new URL(database.url).password, 'master key': masterKey });
    const { accountId, organizationId, warehouses } = merchant;
    const about = [{ accountId, organizationId, warehouseId: warehouses.NORTH }];
    found = await search({
      ...{ installation, answered: client.answers, printed: { ...printed, product: product.output() } },
      wanted: [passwords, credentials, wrong, made, planted].flatMap((secrets) => Object.values(secrets)),
      readers: [merchant.token, made['API key'] ?? ''].map((token) => ({ token, about })),
    });
  }, 240_000);
  afterAll(async () => {
    bystander?.kill();
    await installation?.stop();
    await database?.stop();
    await installation?.remove();
    await peer?.close();
  });

  const placesOf = (secrets: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[] | undefined>> =>
    Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, found[secret]]));

  it('are nowhere but in the one answer that was for their owner, and where the database keeps its own', () => {
    const secrets = { ...passwords, ...credentials, ...wrong, ...made };
    const shown = Object.fromEntries(
      ['administrator', 'owner', 'owner, later', 'user'].flatMap((who) =>
        ['access', 'refresh'].map((kind) => [`${kind} token of ${who}`, [`answer to ${who}`]] as const),
      ),
    );
    expect(placesOf(secrets)).toEqual({
      ...Object.fromEntries(Object.keys(secrets).map((name) => [name, []])),
      ...shown,
      ...{ 'next refresh token': ['answer to refreshing'], 'API key': ['answer to an API key'] },
      'password of the database': ['file password'],
    });
  });

  it('are refused where they do not belong, and a second time', () => {
    expect(Object.entries(statuses).filter(([, status]) => status < 400 || status >= 500)).toEqual([]);
  });

  it('would have been found in every kind of place, however they were written', () => {
    const ofPostgres = /^file \d+$/;
    const places = Object.entries(placesOf(planted)).map(([name, seen]) => [name, seen?.filter((each) => !ofPostgres.test(each))]);
    expect(Object.fromEntries(places)).toEqual({
      ...{ text: ['public.planted.text'], bytes: ['public.planted.bytes'], file: ['file planted'], words: ['words of a process'] },
      ...{ printed: ['printed by the test'], answer: ['answer to the test'] },
      read: ['listAccounts', 'readAccount', 'readMe', 'tenancy.events.data', 'tenancy_views.accounts_v2.name'],
    });
  });
});
