import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, stockUp, type Merchant } from './testing/merchant';
import { startSimulator, type Simulator } from './testing/simulator';

jest.setTimeout(240_000);

type Incoming = {
  readonly incomingId: string;
  readonly number: string | null;
  readonly state: string;
  readonly problems: readonly { readonly code: string }[];
};

const header = 'order_number,order_date,name,street,postal_code,city,country,line,sku,quantity';
const rowOf = (number: string, sku: string, quantity: number) =>
  `${number},2026-01-05T10:0${number}:00Z,Ada Example,Long Street 1,10115,Berlin,DE,1,${sku},${quantity}`;

describe('orders that come in', () => {
  let installation: Installation;
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
  });
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  it('wait where something is wrong, and go by themselves when it is put right, though the product is killed in between', async () => {
    const merchant = await newMerchant(installation, null);
    await stockUp(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 10 }]);
    const file = [header, rowOf('1', 'tea', 2), rowOf('2', 'RUM', 1), rowOf('3', 'TEA', 0), rowOf('4', 'TEA', 3)].join('\n');
    const sent = await succeed(
      merchant.call('POST', merchant.of('sales', '/imports/orders-csv'), {
        token: merchant.token,
        body: file,
        headers: { 'content-type': 'text/csv' },
      }),
    );
    expect(sent.status).toBe(202);
    const all = await eventually(
      () => incoming(merchant),
      (orders) => orders.length === 4 && orders.every(({ state }) => state !== 'received'),
    );
    expect(all.map(({ number, state, problems }) => [number, state, ...problems.map(({ code }) => code)]).toSorted()).toEqual([
      ['1', 'taken'],
      ['2', 'waiting', 'unknown-sku'],
      ['3', 'waiting', 'not-positive'],
      ['4', 'taken'],
    ]);

    await installation.kill();
    await installation.start('all-in-one');
    await succeed(merchant.post('catalog', '/variants', { sku: 'rum', name: 'Rum' }));
    await eventually(
      () => incoming(merchant),
      (orders) => orders.some(({ number, state }) => number === '2' && state === 'taken'),
    );

    const wrong = all.find(({ number }) => number === '3');
    const path = merchant.of('sales', `/incoming-orders/${wrong?.incomingId}`);
    const read = await succeed(merchant.call('GET', path, { token: merchant.token }));
    const order = read.body['order'] as { readonly lines: readonly object[] };
    const mended = { ...order, lines: order.lines.map((line) => ({ ...line, quantity: 4 })) };
    const answer = await succeed(merchant.call('PUT', path, { token: merchant.token, body: mended }));
    expect(answer.body).toMatchObject({ state: 'taken', problems: [] });
  });
});

const incoming = async (merchant: Merchant): Promise<readonly Incoming[]> =>
  (await succeed(merchant.get('sales', '/incoming-orders'))).body['items'] as readonly Incoming[];
