// Orders and reads against a running Stockproof until /tmp/end exists; then asks whether everything holds. Needs nothing but Node.
//   node load.mjs http://gateway       STOCKPROOF_ADMIN_PASSWORD says how to sign in
// A refused connection is tried again, for what was refused was not begun. Anything else that is not an answer, and every 5xx, is a failure.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { request as send } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const base = new URL(process.argv[2]);
const end = process.env.LOAD_END_FILE ?? '/tmp/end';
const callers = 4;
const stockUnits = 100_000;
const counts = { requests: 0, refusedConnections: 0, orders: 0 };
const failures = [];
let token = null;

/** One request on a connection of its own. */
const once = (method, path, { body, key, revision }) =>
  new Promise((resolve, reject) => {
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': key } : {}),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(revision === undefined ? {} : { 'if-match': revision }),
      connection: 'close',
    };
    const asked = send(
      { hostname: base.hostname, port: base.port || 80, method, path, headers, agent: false, timeout: 30_000 },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part) => (text += part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode, revision: answer.headers.etag, body: text === '' ? {} : JSON.parse(text) }),
        );
        answer.on('error', reject);
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer within 30 s')));
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });

const ask = async (method, path, body, revision) => {
  const key = randomUUID();
  for (let tries = 0; ; tries += 1) {
    try {
      return await once(method, path, { body, key, revision });
    } catch (error) {
      if (error.code !== 'ECONNREFUSED' || tries === 100) throw error;
      counts.refusedConnections += 1;
      await wait(50);
    }
  }
};

const mustBe = (answer, what) => {
  if (answer.status >= 300) throw new Error(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const post = async (path, body) => mustBe(await ask('POST', path, body), `POST ${path}`);
const get = async (path) => mustBe(await ask('GET', path), `GET ${path}`);

const until = async (what, look, withinMs = 180_000) => {
  for (const deadline = Date.now() + withinMs; ;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`${what} did not come about in ${withinMs / 1000} s`);
    await wait(200);
  }
};

const signIn = async (email, password) => {
  token = null;
  token = (await post('/v1/tenancy/sessions', { email, password })).accessToken;
};

const shipTo = { name: 'Berta Buyer', street: ['Way 1'], postalCode: '10115', city: 'Berlin', countryCode: 'DE' };
const anOrder = (number) => ({ orderNumber: `L-${number}`, status: 'approved', shipTo, lines: [{ sku: 'LOAD-1', quantity: 1 }] });

const setUp = async () => {
  const tag = randomUUID().slice(0, 8);
  const owner = { email: `load-${tag}@example.com`, name: 'Lotta Load', password: randomUUID() };
  await signIn('admin', process.env.STOCKPROOF_ADMIN_PASSWORD);
  const { organizationId } = await post('/v1/tenancy/organizations', { name: `Load ${tag}`, timeZone: 'Europe/Berlin', owner });
  await signIn(owner.email, owner.password);
  const above = `/v1/tenancy/organizations/${organizationId}`;
  const { warehouseId } = await post(`${above}/warehouses`, { code: `W-${tag}`, name: 'Load', kind: 'physical', priority: 1 });
  const { accountId } = await post(`${above}/accounts`, { name: 'Load' });
  for (const service of ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'])
    await until(
      `that ${service} knows the account`,
      async () => (await ask('GET', `/v1/${service}/accounts/${accountId}/jobs`)).status === 200,
    );
  mustBe(await ask('PUT', `/v1/tenancy/accounts/${accountId}/warehouses/${warehouseId}`, {}), 'enabling the warehouse');
  const settings = { defaultWarehouseId: warehouseId, automaticSalesWorkflow: true };
  await until('that the account has its settings', async () => {
    const { revision } = await ask('GET', `/v1/tenancy/accounts/${accountId}`);
    return (await ask('PATCH', `/v1/tenancy/accounts/${accountId}/settings`, settings, revision)).status < 300;
  });
  const adjustment = { sku: 'LOAD-1', warehouseId, by: stockUnits, reason: 'counted' };
  await until(
    'that stock knows the warehouse',
    async () => (await ask('POST', `/v1/stock/accounts/${accountId}/adjustments`, adjustment)).status < 300,
  );
  await post(`/v1/catalog/accounts/${accountId}/variants`, { sku: 'LOAD-1', name: 'Load' });
  await until('that sales knows the SKU and the warehouse', async () => {
    const { status } = await ask('POST', `/v1/sales/accounts/${accountId}/sales-orders`, anOrder('first'));
    return status < 300;
  });
  counts.orders = 1;
  return { accountId, renew: () => signIn(owner.email, owner.password) };
};

const looks = [
  'sales/accounts/$/sales-orders',
  'stock/accounts/$/levels',
  'purchasing/accounts/$/purchase-orders',
  'catalog/accounts/$/products',
];

/** An order, then a look at each service. */
const stepsIn = (accountId) => [
  ['POST', `/v1/sales/accounts/${accountId}/sales-orders`, anOrder(randomUUID())],
  ...looks.map((look) => ['GET', `/v1/${look.replace('$', accountId)}?limit=5`]),
  ['GET', `/v1/tenancy/accounts/${accountId}`],
];

const failed = (what) => void failures.push(`${new Date().toISOString()} ${what}`);

const take = async ([method, path, body]) => {
  counts.requests += 1;
  try {
    const { status, body: said } = await ask(method, path, body);
    if (status >= 300) failed(`${method} ${path}: ${status} ${JSON.stringify(said)}`);
    else if (method === 'POST') counts.orders += 1;
  } catch (error) {
    failed(`${method} ${path}: ${error.code ?? ''} ${error.message}`);
  }
};

/** The work of one caller. */
const call = async (accountId) => {
  while (!existsSync(end)) {
    for (const step of stepsIn(accountId)) {
      await take(step);
      await wait(20);
    }
  }
};

/** Every order that was acknowledged has its unit, no unit has two, and the verifier finds nothing. */
const holds = async (accountId) => {
  const level = await until('that every order has its unit', async () => {
    const { items } = await get(`/v1/stock/accounts/${accountId}/levels?sku=LOAD-1`);
    const [seen] = items ?? [];
    return seen?.allocated === counts.orders && seen;
  });
  if (level.total !== stockUnits) throw new Error(`${level.total} units on hand instead of ${stockUnits}`);
  const { verificationId } = await post(`/v1/stock/accounts/${accountId}/verifications`, {});
  const verification = await until('the end of the verification', async () => {
    const seen = await get(`/v1/stock/accounts/${accountId}/verifications/${verificationId}`);
    return seen.finishedAt !== null && seen;
  });
  const { items: findings } = await get(`/v1/stock/accounts/${accountId}/findings?open=true`);
  if (findings.length > 0) throw new Error(`the verifier found ${JSON.stringify(findings)}`);
  return { allocated: level.allocated, verified: verification.done };
};

const { accountId, renew } = await setUp();
console.log('load begins');
const renewing = setInterval(() => void renew().catch((error) => failed(`signing in: ${error.message}`)), 300_000);
await Promise.all(Array.from({ length: callers }, () => call(accountId)));
clearInterval(renewing);
const truth = await holds(accountId);
console.log(JSON.stringify({ ...counts, failed: failures.length, ...truth }));
for (const failure of failures.slice(0, 20)) console.log(`failed: ${failure}`);
process.exit(failures.length === 0 && counts.orders > 0 ? 0 : 1);
