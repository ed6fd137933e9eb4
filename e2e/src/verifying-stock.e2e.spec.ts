import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { adjust, levelsWhen, openShop, orderWhen, placeHold, tell } from './testing/order-desk';
import { eventOf, tamperWith, type Tampering } from './testing/tampering';

type Finding = {
  readonly findingId: string;
  readonly kind: string;
  readonly sku: string | null;
  readonly warehouseId: string | null;
  readonly orderId: string | null;
  readonly attempt: number | null;
  readonly says: string;
  readonly repair: string | null;
  readonly healedAt: string | null;
  readonly repairOutcome: string | null;
};

describe('verifying stock', () => {
  let installation: Installation;
  let merchant: Merchant;
  let tampering: Tampering;
  let granted: string;
  let claimed: string;

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, null);
    tampering = await tamperWith(installation.databaseUrl());
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 10 },
      { sku: 'TEA', warehouse: 'SOUTH', quantity: 5 },
      { sku: 'CUP', warehouse: 'NORTH', quantity: 4 },
    ]);
    granted = await fulfilling(await placeOrder(merchant, { orderNumber: 'GRANTED', lines: [{ sku: 'TEA', quantity: 2 }] }));
    claimed = await fulfilling(await placeOrder(merchant, { orderNumber: 'CLAIMED', lines: [{ sku: 'CUP', quantity: 1 }] }));
    await busyDay();
  }, 240_000);
  afterAll(async () => {
    await tampering.close();
    await installation.remove();
  });

  const fulfilling = async (orderId: string): Promise<string> => {
    await orderWhen(merchant, orderId, (order) => order.status === 'fulfilling');
    return orderId;
  };

  /** Holds that move and are sent, released or cancelled, an order that waits and goes, goods set aside and lost, members replaced. */
  const busyDay = async (): Promise<void> => {
    const { NORTH, SOUTH, BOTH } = merchant.warehouses;
    const held = await placeHold(merchant, { orderNumber: 'HELD', lines: [{ sku: 'TEA', quantity: 3 }] });
    await levelsWhen(merchant, { 'TEA BOTH': '15/2/3/10' });
    await succeed(merchant.post('stock', `/holds/${held}/move`, { fromWarehouseId: NORTH, toWarehouseId: SOUTH }));
    await succeed(merchant.post('stock', `/holds/${held}/move`, { fromWarehouseId: SOUTH, toWarehouseId: NORTH }));
    await tell(merchant, held, 'release', { to: 'send' });
    await fulfilling(held);
    const waiting = await placeOrder(merchant, { orderNumber: 'WAITS', lines: [{ sku: 'CUP', quantity: 6 }] });
    await orderWhen(merchant, waiting, (order) => order.backordered);
    await adjust(merchant, 'CUP', 'NORTH', 5);
    await fulfilling(waiting);
    await succeed(merchant.post('stock', '/set-asides', { sku: 'TEA', warehouseId: NORTH, by: 2, reason: 'damaged' }));
    await adjust(merchant, 'TEA', 'SOUTH', -1);
    const cancelled = await placeHold(merchant, { orderNumber: 'CANCELLED', lines: [{ sku: 'TEA', quantity: 1 }] });
    await levelsWhen(merchant, { 'TEA BOTH': '14/5/1/6' });
    await tell(merchant, cancelled, 'cancel', { reason: 'no longer wanted' });
    await levelsWhen(merchant, { 'TEA BOTH': '14/5/0/7' });
    const { token } = merchant;
    const ofOrganization = `/v1/tenancy/organizations/${merchant.organizationId}/warehouses`;
    const west = await succeed(merchant.call('POST', ofOrganization, { token, body: { code: 'WEST', name: 'West', kind: 'physical' } }));
    const westId = String(west.body['warehouseId']);
    await succeed(merchant.call('PUT', merchant.of('tenancy', `/warehouses/${westId}`), { token, body: {} }));
    await eventually(
      () => {
        const body = { members: [NORTH, westId] };
        return merchant.call('PUT', `${ofOrganization}/${BOTH}/members`, { token, headers: { 'if-match': '*' }, body });
      },
      ({ status }) => status < 300,
    );
    await levelsWhen(merchant, { 'TEA BOTH': '10/5/0/3' });
  };

  const verify = async (): Promise<{ readonly streams: number; readonly findings: number }> => {
    const asked = await succeed(merchant.post('stock', '/verifications', undefined));
    const { body } = await eventually(
      () => merchant.get('stock', `/verifications/${String(asked.body['verificationId'])}`),
      (answer) => answer.body['finishedAt'] !== null,
    );
    expect(body['done']).toBe(body['streams']);
    return { streams: Number(body['streams']), findings: Number(body['findings']) };
  };
  const findings = async (filter = 'open=true'): Promise<readonly Finding[]> =>
    (await succeed(merchant.get('stock', `/findings?${filter}`))).body['items'] as readonly Finding[];
  const violations = async (): Promise<number> => {
    const { port } = new URL(installation.base);
    const page = await (await fetch(`http://127.0.0.1:${Number(port) + 6}/metrics`)).text();
    const lines = page.split('\n').filter((line) => line.startsWith('stockproof_invariant_violations{'));
    expect(lines.length).toBeGreaterThan(0);
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };
  const repair = async ({ findingId }: Finding, reason = 'seen with the warehouse'): Promise<Finding> => {
    await succeed(merchant.post('stock', `/findings/${findingId}/repair`, { reason }));
    const { body } = await eventually(
      () => merchant.get('stock', `/findings/${findingId}`),
      (answer) => answer.body['repairOutcome'] !== null,
    );
    return body as unknown as Finding;
  };

  it('finds nothing after a busy day, by itself and when asked', async () => {
    expect((await verify()).findings).toBe(0);
    const job = await eventually(
      async () => {
        const { body } = await succeed(merchant.get('stock', '/jobs'));
        return (body['items'] as readonly { kind: string; lastSuccessAt: string | null }[]).find(({ kind }) => kind === 'verify-stock');
      },
      (seen) => seen !== undefined && seen.lastSuccessAt !== null,
    );
    expect(job).toMatchObject({ subject: merchant.accountId, failures: 0, lastError: null });
    expect([await findings(''), await violations()]).toEqual([[], 0]);
  }, 90_000);

  it('names exactly the row, the grant and the owner that were tampered with', async () => {
    const { accountId, warehouses } = merchant;
    expect(
      await tampering.change(
        `update stock_views.stock_levels_v1 set total = total + 1 where account_id = $1 and sku_key = 'tea' and warehouse_id = $2`,
        accountId,
        warehouses.SOUTH,
      ),
    ).toBe(1);
    expect(await tampering.change(eventOf, `stock.item-${accountId}-tea`, 'UnitsGranted', granted, ['attempt'], '7')).toBe(1);
    expect(
      await tampering.change(
        eventOf,
        `stock.allocation-${accountId}-${claimed}`,
        'AllocationDecided',
        claimed,
        ['units', '0', 'allocationId'],
        '"00000000-0000-4000-8000-000000000000"',
      ),
    ).toBe(1);

    expect((await verify()).findings).toBe(3);
    expect((await findings()).map(({ kind, sku, orderId, attempt, repair: by }) => [kind, sku, orderId, attempt, by]).sort()).toEqual([
      ['allocation-without-owner', 'TEA', granted, 7, 'release-units'],
      ['owner-without-allocation', 'CUP', claimed, 1, 'grant-again'],
      ['view-unlike-log', 'TEA', null, null, 'rewrite-rows'],
    ]);
    expect(await violations()).toBe(3);
    const filtered = await findings('kind=view-unlike-log');
    expect(filtered.map(({ warehouseId, says }) => [warehouseId, says])).toEqual([
      [warehouses.SOUTH, `The row tea ${warehouses.SOUTH} of stock-levels is not what the log says: total, available`],
    ]);
  }, 90_000);

  it('repairs what can be repaired, when somebody asks and says why, and leaves the rest', async () => {
    const found = await findings();
    const of = (kind: string): Finding => found.find((each) => each.kind === kind) as Finding;
    expect(await repair(of('view-unlike-log'))).toMatchObject({ repairOutcome: 'repaired' });
    await levelsWhen(merchant, { 'TEA SOUTH': '4/0/0/4' });
    expect(await repair(of('allocation-without-owner'))).toMatchObject({ repairOutcome: 'repaired' });
    await levelsWhen(merchant, { 'TEA NORTH': '10/3/0/5' });
    expect(await repair(of('owner-without-allocation'))).toMatchObject({
      healedAt: null,
      repairOutcome: expect.stringMatching(/^not-repaired/) as string,
    });

    const again = await merchant.post('stock', `/findings/${of('view-unlike-log').findingId}/repair`, { reason: 'once more' });
    expect([again.status, again.body['code']]).toEqual([409, 'finding-healed']);
    expect((await verify()).findings).toBe(1);
    expect([(await findings()).map(({ kind }) => kind), await violations()]).toEqual([['owner-without-allocation'], 1]);
    const ledger = await succeed(merchant.get('stock', `/movements?limit=100&sku=TEA&orderId=${granted.toUpperCase()}`));
    expect((ledger.body['items'] as readonly object[]).at(-1)).toMatchObject({
      cause: 'UnitsReleased',
      allocated: -2,
      reason: 'repair: seen with the warehouse',
      actor: expect.stringMatching(/^user:/) as string,
    });
  }, 90_000);

  it('notices whatever else is changed behind its back, and puts it right', async () => {
    const { accountId, warehouses } = merchant;
    const views = 'stock_views';
    const changed = [
      await tampering.change(
        `delete from ${views}.stock_levels_v1 where account_id = $1 and sku_key = 'cup' and kind = 'virtual'`,
        accountId,
      ),
      await tampering.change(
        `update ${views}.stock_movements_v2 set total = total - 1 where account_id = $1 and sku_key = 'cup' and cause = 'StockAdjusted' and total = 5`,
        accountId,
      ),
      await tampering.change(
        `update ${views}.stock_allocations_v2 set status = 'waiting' where account_id = $1 and order_id = $2`,
        accountId,
        granted,
      ),
      await tampering.change(
        `insert into ${views}.stock_levels_v1 (account_id, sku_key, sku, warehouse_id, kind, total, unsellable, allocated, held, incoming, publishable, position)
         values ($1, 'ghost', 'GHOST', $2, 'physical', 9, 0, 0, 0, 0, 9, '0000000000000001')`,
        accountId,
        warehouses.NORTH,
      ),
      await tampering.change(
        `delete from ${views}.stock_warehouses_v1 where account_id = $1 and warehouse_id = $2`,
        accountId,
        warehouses.SOUTH,
      ),
    ];
    expect(changed).toEqual([1, 1, 1, 1, 1]);
    await verify();
    const found = (await findings('open=true&kind=view-unlike-log')).map((each) => ({ ...each, view: / of (\S+) /.exec(each.says)?.[1] }));
    expect(found.map(({ view, sku, orderId, warehouseId }) => [view, sku, orderId, warehouseId]).sort()).toEqual(
      [
        ['stock-levels', 'CUP', null, warehouses.BOTH],
        ['stock-movements', 'CUP', null, warehouses.NORTH],
        ['allocations', null, granted, null],
        ['stock-levels', 'ghost', null, warehouses.NORTH],
        ['stock-levels', null, null, null],
      ].sort(),
    );
    for (const finding of found) expect([finding.says, (await repair(finding)).repairOutcome]).toEqual([finding.says, 'repaired']);
    expect((await verify()).findings).toBe(1);
  }, 90_000);

  it('grants again what was lost, where nothing stands against it', async () => {
    const lost = await fulfilling(await placeOrder(merchant, { orderNumber: 'LOST', lines: [{ sku: 'TEA', quantity: 1 }] }));
    const item = `stock.item-${merchant.accountId}-tea`;
    const nobody = '00000000-0000-4000-8000-000000000001';
    const changed = [
      await tampering.change(eventOf, item, 'UnitsGranted', lost, ['granted', '0', 'allocationId'], `"${nobody}"`),
      await tampering.change(eventOf, item, 'UnitsGranted', lost, ['orderId'], '"nobody"'),
    ];
    expect(changed).toEqual([1, 1]);
    await verify();
    const found = (await findings()).filter(({ orderId }) => orderId !== claimed);
    const of = (kind: string): Finding => found.find((each) => each.kind === kind) as Finding;
    expect(found.map(({ kind, orderId }) => [kind, orderId]).sort()).toEqual([
      ['allocation-without-owner', 'nobody'],
      ['owner-without-allocation', lost],
      ['view-unlike-log', null],
    ]);
    for (const kind of ['allocation-without-owner', 'owner-without-allocation', 'view-unlike-log'])
      expect([kind, (await repair(of(kind))).repairOutcome]).toEqual([kind, 'repaired']);
    expect((await verify()).findings).toBe(1);
    await levelsWhen(merchant, { 'TEA NORTH': '10/4/0/4' });
  }, 90_000);
});
