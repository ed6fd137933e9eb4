import { newInstallation, type Installation } from './testing/installation';
import { succeed, type Answer } from './testing/http-client';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { adjust, levelsWhen, openShop, orderWhen, placeHold } from './testing/order-desk';

let installation: Installation;
let merchant: Merchant;

beforeAll(async () => {
  installation = await newInstallation();
  await installation.start('all-in-one');
  merchant = await newMerchant(installation, null);
  await openShop(merchant, [
    { sku: 'TEA', warehouse: 'NORTH', quantity: 10 },
    { sku: 'TEA', warehouse: 'SOUTH', quantity: 20 },
  ]);
}, 180_000);
afterAll(() => installation.remove());

type Level = Readonly<Record<'total' | 'unsellable' | 'allocated' | 'held' | 'available', number>> & {
  readonly warehouseCode: string;
  readonly position: string;
};
type Promised = { readonly orderId: string; readonly kind: string; readonly quantity: number; readonly warehouseCode: string };

const levels = async (query: string): Promise<Readonly<Record<string, string>>> => {
  const { body } = await succeed(merchant.get('stock', `/levels?sku=TEA${query}`));
  return Object.fromEntries(
    (body['items'] as readonly Level[]).map((each) => [
      each.warehouseCode,
      `${each.total}/${each.unsellable}/${each.allocated}/${each.held}/${each.available}`,
    ]),
  );
};

const promises = async (query: string): Promise<readonly string[]> => {
  const { body } = await succeed(merchant.get('stock', `/levels/promises?sku=TEA${query}`));
  return (body['items'] as readonly Promised[])
    .map(({ orderId, kind, quantity, warehouseCode }) => `${orderId} ${quantity} ${kind} ${warehouseCode}`)
    .sort();
};

/** Now, and not the millisecond in which something else happened. */
const thisMoment = async (): Promise<string> => {
  const from = Date.now();
  await eventually(
    async () => Date.now(),
    (now) => now > from + 2,
  );
  return new Date(from + 1).toISOString();
};

it('what was there, what was known of it, and who had it can be asked at any later time', async () => {
  const { NORTH, BOTH } = merchant.warehouses;
  const beforeAnything = await thisMoment();
  expect(await levels(`&asOf=${beforeAnything}`)).toEqual({ NORTH: '10/0/0/0/10', SOUTH: '20/0/0/0/20', BOTH: '30/0/0/0/30' });

  const sold = await placeOrder(merchant, { orderNumber: 'SOLD', warehouseId: NORTH, lines: [{ sku: 'TEA', quantity: 4 }] });
  const { shipments } = await orderWhen(merchant, sold, (order) => order.status === 'fulfilling');
  const held = await placeHold(merchant, { orderNumber: 'HELD', warehouseId: NORTH, lines: [{ sku: 'TEA', quantity: 2 }] });
  await levelsWhen(merchant, { 'TEA NORTH': '10/4/2/4', 'TEA BOTH': '30/4/2/24' });
  const promised = await thisMoment();

  const left = await thisMoment();
  await adjust(merchant, 'TEA', 'SOUTH', 5);
  await levelsWhen(merchant, { 'TEA SOUTH': '25/0/0/25' });
  const notYetTold = await thisMoment();
  const asItWas = await levels(`&asOf=${notYetTold}&knownAt=${notYetTold}`);
  expect(asItWas).toEqual({ NORTH: '10/0/4/2/4', SOUTH: '25/0/0/0/25', BOTH: '35/0/4/2/29' });

  // The warehouse says late that the goods left before.
  const update = { lines: [{ lineNumber: 1, shipped: 4 }], happenedAt: left };
  await succeed(merchant.post('sales', `/shipments/${shipments[0]?.shipmentId ?? ''}/updates`, update));
  await levelsWhen(merchant, { 'TEA NORTH': '6/0/2/4', 'TEA BOTH': '31/0/2/29' });

  expect(await levels(`&asOf=${notYetTold}&knownAt=${notYetTold}`)).toEqual(asItWas);
  expect(await levels(`&asOf=${notYetTold}`)).toEqual({ NORTH: '6/0/0/2/4', SOUTH: '25/0/0/0/25', BOTH: '31/0/0/2/29' });
  expect(await levels(`&asOf=${promised}`)).toEqual({ NORTH: '10/0/4/2/4', SOUTH: '20/0/0/0/20', BOTH: '30/0/4/2/24' });
  expect(await levels(`&knownAt=${promised}`)).toEqual({ NORTH: '10/0/4/2/4', SOUTH: '20/0/0/0/20', BOTH: '30/0/4/2/24' });

  const both = [`${sold} 4 allocated NORTH`, `${held} 2 held NORTH`].sort();
  expect(await promises(`&asOf=${notYetTold}&knownAt=${notYetTold}`)).toEqual(both);
  expect(await promises(`&asOf=${notYetTold}`)).toEqual([`${held} 2 held NORTH`]);
  expect(await promises(`&asOf=${promised}&warehouseId=${BOTH}`)).toEqual(both);
  expect(await promises('')).toEqual([`${held} 2 held NORTH`]);

  // A place in the log says it as well, and is what the answer names.
  const { body } = await succeed(merchant.get('stock', `/levels?sku=TEA&asOf=${notYetTold}&knownAt=${notYetTold}`));
  const resolved = body['resolved'] as Readonly<Record<'asOf' | 'knownAt', { readonly at: string; readonly position: string }>>;
  expect([resolved.asOf.at, resolved.knownAt.at]).toEqual([notYetTold, notYetTold]);
  const place = `stock:${resolved.knownAt.position}`;
  expect(await levels(`&asOf=${place}&knownAt=${place}`)).toEqual(asItWas);

  // Who is a member counts as of when it was heard.
  const { organizationId, token, call, warehouses } = merchant;
  const WEST = await call('POST', `/v1/tenancy/organizations/${organizationId}/warehouses`, {
    token,
    body: { code: 'WEST', name: 'West', kind: 'physical' },
  });
  const westId = String((await succeed(Promise.resolve(WEST))).body['warehouseId']);
  await succeed(call('PUT', merchant.of('tenancy', `/warehouses/${westId}`), { token, body: {} }));
  await succeed(
    call('PUT', `/v1/tenancy/organizations/${organizationId}/warehouses/${BOTH}/members`, {
      token,
      body: { members: [warehouses.SOUTH, westId] },
    }),
  );
  await levelsWhen(merchant, { 'TEA BOTH': '25/0/0/25' });
  expect(await levels(`&asOf=${notYetTold}&knownAt=${notYetTold}`)).toEqual(asItWas);
  expect((await levels(`&asOf=${notYetTold}`))['BOTH']).toBe('31/0/0/2/29');
}, 120_000);

it('every change is in the ledger with what it was before and after, and can be taken away as a file', async () => {
  const { body } = await succeed(merchant.get('stock', '/movements?sku=TEA&cause=UnitsShipped,StockAdjusted&limit=100'));
  type Movement = {
    readonly cause: string;
    readonly before: Level;
    readonly after: Level;
    readonly actor: string;
    readonly reason: string | null;
  };
  const items = body['items'] as readonly Movement[];
  expect(items.map(({ cause, before, after }) => `${cause} ${before.total}→${after.total}`)).toEqual([
    'StockAdjusted 0→10',
    'StockAdjusted 0→20',
    'StockAdjusted 20→25',
    'UnitsShipped 10→6',
  ]);
  const byReason = await succeed(merchant.get('stock', '/movements?reason=found'));
  expect((byReason.body['items'] as readonly Movement[]).map(({ reason }) => reason)).toEqual(['found']);
  const actor = items[0]?.actor ?? '';
  expect(actor).toMatch(/^user:/);
  const byActor = await succeed(merchant.get('stock', `/movements?actor=${actor}`));
  expect((byActor.body['items'] as readonly object[]).length).toBe(3);

  const file = async (query: string): Promise<Response> =>
    fetch(merchant.base + merchant.of('stock', `/movements/export${query}`), { headers: { authorization: `Bearer ${merchant.token}` } });
  const whole = await succeed(merchant.get('stock', '/movements?limit=100'));
  const jsonl = await file('?format=jsonl');
  expect(jsonl.headers.get('content-type')).toBe('application/x-ndjson');
  expect(
    (await jsonl.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(whole.body['items']);
  const csv = await file('?sku=TEA&cause=StockAdjusted');
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="stock-movements.csv"');
  const lines = (await csv.text()).split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^position,recorded_at,effective_at,sku,/);
}, 60_000);

const wrongIn = ({ status, body }: Answer): unknown => [
  status,
  [...new Set((body['errors'] as readonly { pointer: string }[] | undefined)?.map((each) => each.pointer))],
];

it('a question that cannot be answered says why, all at once', async () => {
  const ahead = new Date(Date.now() + 60_000).toISOString();
  const asked: readonly (readonly [string, readonly string[]])[] = [
    ['asOf=yesterday&knownAt=2026-01-01', ['/query/asOf', '/query/knownAt']],
    [`asOf=${ahead}&knownAt=${ahead}`, ['/query/asOf', '/query/knownAt']],
    ['asOf=0000-01-01T00:00:00Z', ['/query/asOf']],
    ['asOf=stock:9999999999999999&knownAt=sales:0000000000000001', ['/query/asOf', '/query/knownAt']],
    ["asOf=stock:'--", ['/query/asOf']],
  ];
  for (const [query, pointers] of asked) {
    expect([query, wrongIn(await merchant.get('stock', `/levels?${query}`))]).toEqual([query, [400, pointers]]);
    expect([query, wrongIn(await merchant.get('stock', `/levels/promises?sku=TEA&${query}`))]).toEqual([query, [400, pointers]]);
  }
  expect(wrongIn(await merchant.get('stock', '/levels/promises'))).toEqual([400, ['/query/sku']]);
  expect(wrongIn(await merchant.get('stock', '/movements?cause=Magic&recordedFrom=soon'))).toEqual([
    400,
    ['/query/cause', '/query/recordedFrom'],
  ]);
  expect(wrongIn(await merchant.get('stock', '/movements/export?format=xls&limit=3'))).toEqual([400, ['/query/limit', '/query/format']]);
  // Long before anything happened there was nothing, and that is an answer.
  expect((await merchant.get('stock', '/levels?asOf=1999-01-01T00:00:00Z')).body['items']).toEqual([]);
});
