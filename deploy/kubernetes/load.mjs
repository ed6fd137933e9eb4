// Orders and reads against a running Stockproof until /tmp/end exists; then asks whether everything holds. Needs nothing but Node.
//   node load.mjs http://gateway       STOCKPROOF_ADMIN_PASSWORD says how to sign in
// Half of the callers keep their connection, half make one for each request. A refused connection is tried again; anything else that is
// not an answer, and every status from 300, is a failure.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { clientOf } from './load-client.mjs';

const base = process.argv[2];
const end = process.env.LOAD_END_FILE ?? '/tmp/end';
const callers = 4;
const stockUnits = 100_000;
const counts = { requests: 0, refusedConnections: 0, slowestMs: 0 };
const failures = [];
/** What was acknowledged: number, key and answered id of every order. */
const accepted = [];

const failed = (what) => {
  failures.push(what);
  if (failures.length <= 50) console.log(`failed: ${new Date().toISOString()} ${what}`);
};

const until = async (what, look, withinMs = 180_000) => {
  for (const deadline = Date.now() + withinMs; ;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`${what} did not come about in ${withinMs / 1000} s`);
    await wait(200);
  }
};

const shipTo = { name: 'Berta Buyer', street: ['Way 1'], postalCode: '10115', city: 'Berlin', countryCode: 'DE' };
const ordersOf = (accountId) => `/v1/sales/accounts/${accountId}/sales-orders`;
const anOrder = (orderNumber) => ({ orderNumber, status: 'approved', shipTo, lines: [{ sku: 'LOAD-1', quantity: 1 }] });

/** One order with a number and a key of its own; remembered once it is acknowledged. */
const order = async (client, accountId) => {
  const number = `L-${randomUUID()}`;
  const key = randomUUID();
  const answer = await client.ask('POST', ordersOf(accountId), { body: anOrder(number), key });
  if (answer.status < 300) accepted.push({ number, key, orderId: answer.body.orderId });
  return answer;
};

/** An organization of its own with one warehouse and one SKU; ends when an order for it was taken. */
const setUp = async (client) => {
  const tag = randomUUID().slice(0, 8);
  const owner = { email: `load-${tag}@example.com`, name: 'Lotta Load', password: randomUUID() };
  await client.signIn('admin', process.env.STOCKPROOF_ADMIN_PASSWORD);
  const { organizationId } = await client.post('/v1/tenancy/organizations', { name: `Load ${tag}`, timeZone: 'Europe/Berlin', owner });
  await client.signIn(owner.email, owner.password);
  const above = `/v1/tenancy/organizations/${organizationId}`;
  const { warehouseId } = await client.post(`${above}/warehouses`, { code: `W-${tag}`, name: 'Load', kind: 'physical', priority: 1 });
  const { accountId } = await client.post(`${above}/accounts`, { name: 'Load' });
  const isTaken = async (method, path, said) => (await client.ask(method, path, said)).status < 300;
  for (const service of ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'])
    await until(`that ${service} knows the account`, () => isTaken('GET', `/v1/${service}/accounts/${accountId}/jobs`));
  await client.accepted('PUT', `/v1/tenancy/accounts/${accountId}/warehouses/${warehouseId}`, { body: {} });
  const settings = { defaultWarehouseId: warehouseId, automaticSalesWorkflow: true };
  await until('that the account has its settings', async () => {
    const { revision } = await client.ask('GET', `/v1/tenancy/accounts/${accountId}`);
    return isTaken('PATCH', `/v1/tenancy/accounts/${accountId}/settings`, { body: settings, revision });
  });
  const adjustment = { sku: 'LOAD-1', warehouseId, by: stockUnits, reason: 'counted' };
  await until('that stock knows the warehouse', () => isTaken('POST', `/v1/stock/accounts/${accountId}/adjustments`, { body: adjustment }));
  await client.post(`/v1/catalog/accounts/${accountId}/variants`, { sku: 'LOAD-1', name: 'Load' });
  await until('that sales knows the SKU and the warehouse', async () => (await order(client, accountId)).status < 300);
  return { accountId, owner };
};

const looksAt = (accountId) => [
  `/v1/sales/accounts/${accountId}/sales-orders?limit=5`,
  `/v1/stock/accounts/${accountId}/levels?limit=5`,
  `/v1/purchasing/accounts/${accountId}/purchase-orders?limit=5`,
  `/v1/catalog/accounts/${accountId}/products?limit=5`,
  `/v1/tenancy/accounts/${accountId}`,
];

const take = async (what, step) => {
  counts.requests += 1;
  const began = performance.now();
  try {
    const { status, body } = await step();
    if (status >= 300) failed(`${what}: ${status} ${JSON.stringify(body)}`);
  } catch (error) {
    failed(`${what}: ${error.code ?? ''} ${error.message}`);
  }
  counts.slowestMs = Math.max(counts.slowestMs, Math.round(performance.now() - began));
};

/** The work of one caller: an order, then a look at each service. */
const call = async (client, accountId) => {
  while (!existsSync(end)) {
    await take(`POST ${ordersOf(accountId)}`, () => order(client, accountId));
    for (const look of looksAt(accountId)) {
      await take(`GET ${look}`, () => client.ask('GET', look));
      await wait(20);
    }
  }
};

/** Access tokens live for five minutes. */
const renewing = (client, owner) => setInterval(() => void take('signing in', () => signInAgain(client, owner)), 120_000);
const signInAgain = async (client, { email, password }) => {
  await client.signIn(email, password);
  return { status: 200 };
};

const allOrders = async (client, accountId) => {
  const seen = [];
  for (let cursor = ''; cursor !== null;) {
    const page = await client.get(`${ordersOf(accountId)}?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...page.items);
    cursor = page.nextCursor ?? null;
  }
  return seen;
};

/** Every order that was acknowledged is there once, under the id that was answered, and there is no other. */
const eachOnce = async (client, accountId) => {
  const there = Map.groupBy(await allOrders(client, accountId), ({ number }) => number);
  for (const { number, orderId } of accepted) {
    const found = there.get(number) ?? [];
    if (found.length !== 1) failed(`order ${number} was acknowledged and is there ${found.length} times`);
    else if (found[0].orderId !== orderId) failed(`order ${number} was acknowledged as ${orderId} and is ${found[0].orderId}`);
    there.delete(number);
  }
  for (const number of there.keys()) failed(`order ${number} is there and was never acknowledged`);
};

/** The same request with the same key is answered as it was the first time, whichever release took it. */
const keysAreKept = async (client, accountId) => {
  const some = accepted.filter((_, index) => index % Math.ceil(accepted.length / 50) === 0);
  for (const { number, key, orderId } of some) {
    const { status, replayed, body } = await client.ask('POST', ordersOf(accountId), { body: anOrder(number), key });
    if (status !== 201 || !replayed || body.orderId !== orderId) failed(`order ${number} again: ${status} ${JSON.stringify(body)}`);
  }
  return some.length;
};

/** Every acknowledged order has its unit, no unit has two, and the verifier finds nothing. */
const holds = async (client, accountId) => {
  const level = await until('that every order has its unit', async () => {
    const { items } = await client.get(`/v1/stock/accounts/${accountId}/levels?sku=LOAD-1`);
    const [seen] = items ?? [];
    return seen?.allocated >= accepted.length && seen;
  });
  await eachOnce(client, accountId);
  const repeated = await keysAreKept(client, accountId);
  const { verificationId } = await client.post(`/v1/stock/accounts/${accountId}/verifications`, {});
  const verification = await until('the end of the verification', async () => {
    const seen = await client.get(`/v1/stock/accounts/${accountId}/verifications/${verificationId}`);
    return seen.finishedAt !== null && seen;
  });
  const { items: findings } = await client.get(`/v1/stock/accounts/${accountId}/findings?open=true`);
  if (findings.length > 0) failed(`the verifier found ${JSON.stringify(findings)}`);
  // Asked last: what was done twice had time to show.
  const { items } = await client.get(`/v1/stock/accounts/${accountId}/levels?sku=LOAD-1`);
  const { allocated, total, available } = items[0];
  if (allocated !== accepted.length) failed(`${allocated} units are allocated to ${accepted.length} orders`);
  if (total !== stockUnits || available !== stockUnits - allocated) failed(`the level is ${JSON.stringify(level)}`);
  return { allocated, repeated, verified: verification.done };
};

const clients = Array.from({ length: callers }, (_, index) => clientOf(base, counts, { keepsConnection: index % 2 === 0 }));
const first = clients[0];
const { accountId, owner } = await setUp(first);
for (const client of clients.slice(1)) await client.signIn(owner.email, owner.password);
console.log('load begins');
const renewals = clients.map((client) => renewing(client, owner));
await Promise.all(clients.map((client) => call(client, accountId)));
renewals.forEach((renewal) => clearInterval(renewal));
await first.signIn(owner.email, owner.password);
const truth = await holds(first, accountId);
console.log(JSON.stringify({ ...counts, orders: accepted.length, failed: failures.length, ...truth }));
process.exit(failures.length === 0 && accepted.length > 0 ? 0 : 1);
