import 'reflect-metadata';
import { Client } from 'pg';
import type { Answer, HttpClient } from './testing/http-client';
import { adminPassword, startTenancy, type RunningTenancy } from './testing/running-tenancy';

describe('tenancy over HTTP', () => {
  let running: RunningTenancy;
  let call: HttpClient;
  let admin: string;
  let owner: string;
  let organizationId: string;
  let accountId: string;
  const warehouses: Record<string, string> = {};

  const signIn = async (email: string, password: string): Promise<Answer> =>
    call('POST', '/v1/tenancy/sessions', { body: { email, password } });
  const tokenOf = async (email: string, password: string): Promise<string> => String((await signIn(email, password)).body['accessToken']);
  const ofOrganization = (path = '') => `/v1/tenancy/organizations/${organizationId}${path}`;
  const ofAccount = (path = '') => `/v1/tenancy/accounts/${accountId}${path}`;
  const minPosition = (answer: Answer) => ({ 'stockproof-min-position': answer.headers.get('stockproof-position') ?? '' });

  beforeAll(async () => {
    running = await startTenancy();
    call = running.call;
  });
  afterAll(() => running.stop());

  it('lets the installation administrator in, who can create organizations and nothing else', async () => {
    admin = await tokenOf('admin', adminPassword);
    const me = await call('GET', '/v1/tenancy/me', { token: admin });
    expect(me.body).toMatchObject({
      installationAdministrator: true,
      organizationId: null,
      permissions: ['organization:create'],
      accounts: [],
      email: 'admin',
    });
    const created = await call('POST', '/v1/tenancy/organizations', { token: admin, body: acme });
    expect(created.status).toBe(201);
    organizationId = String(created.body['organizationId']);
    expect((await call('GET', ofOrganization(), { token: admin })).status).toBe(404);
    owner = await tokenOf('Olga@example.com', acme.owner.password);
    const seen = await call('GET', ofOrganization(), { token: owner, headers: minPosition(created) });
    expect(seen.body).toMatchObject({ name: 'Acme', defaults: { timeZone: 'Europe/Berlin', allowSplitting: true } });
  });

  it('has one person per e-mail, whatever its case', async () => {
    const again = await call('POST', '/v1/tenancy/organizations', {
      token: admin,
      body: { ...acme, owner: { ...acme.owner, email: 'OLGA@example.com' } },
    });
    expect([again.status, again.body['code']]).toEqual([409, 'e-mail-taken']);
  });

  it('refuses a wrong password and an unknown name in the same words', async () => {
    const [wrong, unknown] = await Promise.all([signIn('olga@example.com', 'wrong'), signIn('nobody@example.com', 'wrong')]);
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body['code']).toBe(unknown.body['code']);
  });

  it('names what an account needs first, and the call that adds it', async () => {
    const early = await call('POST', ofOrganization('/accounts'), { token: owner, body: { name: 'My Account' } });
    expect([early.status, early.body['code']]).toEqual([409, 'dependency-missing']);
    expect(JSON.stringify(early.body['errors'])).toContain(`POST /v1/tenancy/organizations/${organizationId}/warehouses`);
  });

  it('sets up warehouses, physical and virtual', async () => {
    for (const code of ['NORTH', 'SOUTH', 'WEST']) {
      const created = await call('POST', ofOrganization('/warehouses'), { token: owner, body: { code, name: code, kind: 'physical' } });
      expect(created.status).toBe(201);
      warehouses[code] = String(created.body['warehouseId']);
    }
    const virtual = { code: 'BOTH', name: 'Both', kind: 'virtual', members: [warehouses['NORTH'], warehouses['SOUTH']] };
    const created = await call('POST', ofOrganization('/warehouses'), {
      token: owner,
      body: virtual,
      headers: { 'idempotency-key': 'both-1' },
    });
    const repeated = await call('POST', ofOrganization('/warehouses'), {
      token: owner,
      body: virtual,
      headers: { 'idempotency-key': 'both-1' },
    });
    warehouses['BOTH'] = String(created.body['warehouseId']);
    expect(repeated.body).toEqual(created.body);
    const taken = await call('POST', ofOrganization('/warehouses'), { token: owner, body: { ...virtual, code: 'both' } });
    expect([taken.status, taken.body['code']]).toEqual([409, 'warehouse-code-taken']);
    const list = await call('GET', ofOrganization('/warehouses?limit=3'), { token: owner, headers: minPosition(created) });
    expect((list.body['items'] as unknown[]).length).toBe(3);
    expect(list.body['nextCursor']).not.toBeNull();
  });

  it('opens an account, whose code follows from its name', async () => {
    const created = await call('POST', ofOrganization('/accounts'), { token: owner, body: { name: 'My Account' } });
    expect([created.status, created.body['code']]).toEqual([201, 'MY-ACCOUNT']);
    accountId = String(created.body['accountId']);
    const collision = await call('POST', ofOrganization('/accounts'), { token: owner, body: { name: 'my--account' } });
    expect([collision.status, collision.body['code']]).toEqual([409, 'account-code-taken']);
    const user = await call('POST', ofAccount('/users'), { token: owner, body: { ...person('ann@example.com'), role: 'administrator' } });
    expect([user.status, user.body['code']]).toEqual([409, 'dependency-missing']);
  });

  it('enables warehouses with their fulfillment channels, the virtual one last', async () => {
    const early = await call('PUT', ofAccount(`/warehouses/${warehouses['BOTH']}`), { token: owner, body: {} });
    expect([early.status, (early.body['errors'] as unknown[]).length]).toEqual([409, 2]);
    const channel = {
      applicationType: 'connector',
      connector: 'generic-http',
      endpointUrl: 'http://127.0.0.1:3900/warehouse',
      credentials: { token: canary },
    };
    expect(
      (await call('PUT', ofAccount(`/warehouses/${warehouses['NORTH']}`), { token: owner, body: { fulfillmentChannel: channel } })).status,
    ).toBe(200);
    expect((await call('PUT', ofAccount(`/warehouses/${warehouses['SOUTH']}`), { token: owner, body: {} })).status).toBe(200);
    const both = await call('PUT', ofAccount(`/warehouses/${warehouses['BOTH']}`), { token: owner, body: {} });
    expect(both.status).toBe(200);
    const list = await call('GET', ofAccount('/warehouses'), { token: owner, headers: minPosition(both) });
    expect(JSON.stringify(list.body)).not.toContain(canary);
    expect(list.body['items']).toContainEqual(
      expect.objectContaining({
        code: 'NORTH',
        fulfillmentChannel: expect.objectContaining({ hasCredentials: true, connector: 'generic-http' }),
      }),
    );
    const blocked = await call('DELETE', ofAccount(`/warehouses/${warehouses['NORTH']}`), { token: owner });
    expect([blocked.status, blocked.body['code']]).toEqual([409, 'warehouse-still-needed']);
    const members = await call('PUT', ofOrganization(`/warehouses/${warehouses['BOTH']}/members`), {
      token: owner,
      body: { members: [warehouses['NORTH'], warehouses['WEST']] },
    });
    expect([members.status, members.body['code']]).toEqual([409, 'members-not-enabled']);
  });

  it('changes settings only on what was read, and shows where each comes from', async () => {
    expect((await call('PATCH', ofAccount('/settings'), { token: owner, body: { allowSplitting: false } })).status).toBe(428);
    const read = await call('GET', ofAccount(), { token: owner });
    const etag = read.headers.get('etag') ?? '';
    const body = { allowSplitting: false, defaultWarehouseId: warehouses['NORTH'] };
    const chosen = await call('PATCH', ofAccount('/settings'), { token: owner, body, headers: { 'if-match': etag } });
    expect(chosen.status).toBe(204);
    expect((await call('PATCH', ofAccount('/settings'), { token: owner, body, headers: { 'if-match': etag } })).status).toBe(412);
    const after = await call('GET', ofAccount(), { token: owner, headers: minPosition(chosen) });
    expect(after.body).toMatchObject({
      defaultWarehouseId: warehouses['NORTH'],
      settings: { allowSplitting: { value: false, origin: 'account' }, timeZone: { value: 'Europe/Berlin', origin: 'organization' } },
    });
    expect(after.headers.get('etag')).toBe(chosen.headers.get('etag'));
  });

  it('hands new defaults down to every account that has not set its own', async () => {
    await call('PATCH', ofOrganization('/defaults'), { token: owner, body: { allowSplitting: true, allowLineSplit: true } });
    const settings = await eventually(
      async () => (await call('GET', ofAccount(), { token: owner })).body['settings'] as Record<string, { value: unknown }>,
      (seen) => seen['allowLineSplit']?.value === true,
    );
    expect(settings['allowSplitting']).toEqual({ value: false, origin: 'account' });
  });

  it('lets account users into their account only, and grants nothing above the own role', async () => {
    const added = await call('POST', ofAccount('/users'), { token: owner, body: { ...person('ann@example.com'), role: 'supervisor' } });
    expect(added.status).toBe(201);
    const ann = await tokenOf('ann@example.com', password);
    expect((await call('GET', ofAccount(), { token: ann })).status).toBe(200);
    expect((await call('GET', ofOrganization(), { token: ann })).status).not.toBe(200);
    const me = await call('GET', '/v1/tenancy/me', { token: ann });
    expect(me.body).toMatchObject({ name: 'Some Body', organizationRole: null, accounts: [{ accountId, enabled: true }] });
    const administrator = await call('POST', ofOrganization('/users'), {
      token: owner,
      body: { ...person('adam@example.com'), role: 'administrator' },
    });
    expect(administrator.status).toBe(201);
    const adam = await tokenOf('adam@example.com', password);
    const above = await call('POST', ofOrganization('/users'), { token: adam, body: { ...person('eve@example.com'), role: 'owner' } });
    expect([above.status, above.body['code']]).toEqual([403, 'role-above-own']);
    const list = await call('GET', ofOrganization('/users'), { token: owner, headers: minPosition(administrator) });
    expect(list.body['items']).toEqual(
      expect.arrayContaining([expect.objectContaining({ email: 'adam@example.com', role: 'administrator', active: true })]),
    );
  });

  it('locks a deactivated person out within two seconds, sessions included', async () => {
    const added = await call('POST', ofOrganization('/users'), { token: owner, body: { ...person('vera@example.com'), role: 'viewer' } });
    const session = await signIn('vera@example.com', password);
    const vera = String(session.body['accessToken']);
    expect((await call('GET', ofOrganization(), { token: vera })).status).toBe(200);
    expect((await call('DELETE', ofOrganization(`/users/${String(added.body['userId'])}`), { token: owner })).status).toBe(204);
    const since = performance.now();
    await eventually(
      async () => (await call('GET', ofOrganization(), { token: vera })).status,
      (status) => status !== 200,
    );
    expect(performance.now() - since).toBeLessThan(2_000);
    expect((await call('POST', '/v1/tenancy/sessions/refresh', { body: { refreshToken: session.body['refreshToken'] } })).status).toBe(401);
    expect((await signIn('vera@example.com', password)).status).toBe(401);
  });

  it('rotates refresh tokens, and a token used twice ends the whole session', async () => {
    const refresh = async (token: unknown) => call('POST', '/v1/tenancy/sessions/refresh', { body: { refreshToken: token } });
    const first = (await signIn('olga@example.com', acme.owner.password)).body['refreshToken'];
    const second = await refresh(first);
    expect(second.status).toBe(201);
    expect((await refresh(first)).status).toBe(401);
    expect((await refresh(second.body['refreshToken'])).status).toBe(401);
    const signedOut = (await signIn('olga@example.com', acme.owner.password)).body['refreshToken'];
    expect((await call('DELETE', '/v1/tenancy/sessions/current', { body: { refreshToken: signedOut } })).status).toBe(204);
    expect((await refresh(signedOut)).status).toBe(401);
  });

  it('makes API keys that open no more than their scopes, until they are revoked', async () => {
    const made = await call('POST', ofAccount('/api-keys'), { token: owner, body: { name: 'ERP', scopes: ['account:read'] } });
    expect(made.status).toBe(201);
    const key = String(made.body['key']);
    await eventually(
      async () => (await call('GET', ofAccount(), { token: key })).status,
      (status) => status === 200,
    );
    expect((await call('GET', ofAccount('/api-keys'), { token: key })).status).toBe(403);
    const list = await call('GET', ofAccount('/api-keys'), { token: owner });
    expect(JSON.stringify(list.body)).not.toContain(key);
    expect((await call('DELETE', ofAccount(`/api-keys/${String(made.body['keyId'])}`), { token: owner })).status).toBe(204);
    expect(
      await eventually(
        async () => (await call('GET', ofAccount(), { token: key })).status,
        (status) => status === 401,
      ),
    ).toBe(401);
  });

  it('adds sales channels and tells what is set up', async () => {
    const channel = {
      code: 'webshop',
      name: 'Web shop',
      connector: 'generic-http',
      credentials: { secret: canary },
      publishedWarehouses: [warehouses['BOTH']],
    };
    const created = await call('POST', ofAccount('/sales-channels'), { token: owner, body: channel });
    expect(created.status).toBe(201);
    const status = await call('GET', ofAccount('/setup-status'), { token: owner, headers: minPosition(created) });
    expect(status.body['blocksFirstOrder']).toEqual([]);
    expect((status.body['steps'] as { step: string; done: boolean }[]).map(({ step, done }) => [step, done])).toEqual([
      ['enabled-warehouse', true],
      ['default-warehouse', true],
      ['master-product-source', false],
      ['sales-channel', true],
      ['workflows', false],
      ['account-user', true],
    ]);
    expect((await call('GET', ofOrganization('/setup-status'), { token: owner })).body['blocksFirstOrder']).toEqual([]);
  });

  it('says when the jobs of a sales channel run and what is published there, and pauses it', async () => {
    const rule = { warehouseId: warehouses['BOTH'], buffer: 2 };
    const channel = {
      ...{ code: 'market', name: 'Market', connector: 'generic-http', status: 'being-set-up', publishedWarehouses: [warehouses['BOTH']] },
      jobPeriodsMs: { 'import-orders': 60_000, 'export-stock': null },
      carrierMappings: [{ theirs: 'dhl', carrierCode: 'DHL', serviceCode: 'STANDARD' }],
      warehouseMappings: [{ theirs: 'loc-1', warehouseId: warehouses['NORTH'] }],
      stockPublication: { mode: 'changes', rules: [rule] },
    };
    const at = ofAccount('/sales-channels');
    const created = await call('POST', at, { token: owner, body: channel });
    expect(created.status).toBe(201);
    const one = `${at}/${String(created.body['channelId'])}`;
    const seen = async (after: Answer) =>
      ((await call('GET', at, { token: owner, headers: minPosition(after) })).body['items'] as { code: string }[]).find(
        ({ code }) => code === 'market',
      );
    expect(await seen(created)).toMatchObject({
      ...channel,
      stockPublication: { mode: 'changes', rules: [{ ...rule, percentage: 100, cap: null, excludedSkus: [] }] },
    });
    expect((await call('POST', `${one}/activate`, { token: owner })).status).toBe(204);
    expect(await seen(await call('POST', `${one}/pause`, { token: owner }))).toMatchObject({ status: 'paused' });
    expect(await seen(await call('POST', `${one}/disable`, { token: owner }))).toMatchObject({ status: 'disabled' });
    const patch = async (body: object) => (await call('PATCH', one, { token: owner, body })).status;
    expect(await patch({ jobPeriodsMs: { 'import-stock': 5_000 } })).toBe(400);
    expect(await patch({ jobPeriodsMs: { 'import-orders': 999 } })).toBe(400);
    expect(await patch({ publishedWarehouses: [] })).toBe(422);
    expect(await patch({ publishedWarehouses: [], stockPublication: { mode: 'off' } })).toBe(204);
  });

  it('keeps what only an account decides, and the state of a fulfillment channel that is described anew', async () => {
    // What was done just before may not be read yet: then the account is another than the one that was read.
    const settings = (body: object) =>
      eventually(
        async () => {
          const etag = (await call('GET', ofAccount(), { token: owner })).headers.get('etag') ?? '';
          return call('PATCH', ofAccount('/settings'), { token: owner, body, headers: { 'if-match': etag } });
        },
        ({ status }) => status !== 412,
      );
    const unknown = await settings({ masterProductSource: { kind: 'sales-channel', id: accountId } });
    expect([unknown.status, unknown.body['code']]).toEqual([422, 'master-product-source-unknown']);
    expect((await settings({ requiredOrderFields: ['/shipTo/secret'] })).status).toBe(400);
    const choices = {
      ...{
        shortClose: 'cancel',
        requiredOrderFields: ['/shipTo/phone'],
        defaultCarrierService: { carrierCode: 'DHL', serviceCode: 'STANDARD' },
      },
      masterProductSource: { kind: 'fulfillment-channel', id: warehouses['NORTH'] },
    };
    const chosen = await settings(choices);
    expect(chosen.status).toBe(204);
    expect((await call('GET', ofAccount(), { token: owner, headers: minPosition(chosen) })).body).toMatchObject(choices);
    expect((await settings({ masterProductSource: { kind: 'stockproof' } })).status).toBe(204);
    const at = ofAccount(`/warehouses/${warehouses['SOUTH']}`);
    const fulfillmentChannel = {
      jobPeriodsMs: { 'import-stock': 5_000 },
      carrierMappings: [{ carrierCode: 'DHL', serviceCode: 'STANDARD', theirs: { carrierCode: '7', serviceCode: '1' } }],
    };
    expect(
      (await call('PUT', at, { token: owner, body: { fulfillmentChannel: { ...fulfillmentChannel, status: 'paused' } } })).status,
    ).toBe(200);
    const again = await call('PUT', at, { token: owner, body: { fulfillmentChannel: { ...fulfillmentChannel, finalReceipts: true } } });
    const list = await call('GET', ofAccount('/warehouses'), { token: owner, headers: minPosition(again) });
    expect(list.body['items']).toContainEqual(
      expect.objectContaining({
        code: 'SOUTH',
        fulfillmentChannel: expect.objectContaining({ ...fulfillmentChannel, status: 'paused', finalReceipts: true }),
      }),
    );
  });

  it('changes what a virtual warehouse is made of, and every account that uses it follows', async () => {
    expect((await call('PUT', ofAccount(`/warehouses/${warehouses['WEST']}`), { token: owner, body: {} })).status).toBe(200);
    const members = [warehouses['NORTH'], warehouses['WEST']];
    expect(
      (await call('PUT', ofOrganization(`/warehouses/${warehouses['BOTH']}/members`), { token: owner, body: { members } })).status,
    ).toBe(204);
    const disabled = await eventually(
      async () => (await call('DELETE', ofAccount(`/warehouses/${warehouses['SOUTH']}`), { token: owner })).status,
      (status) => status === 204,
    );
    expect(disabled).toBe(204);
  });

  it('disables an account: its own users are locked out, the organization still reads', async () => {
    const ann = await tokenOf('ann@example.com', password);
    expect((await call('POST', ofAccount('/disable'), { token: owner })).status).toBe(204);
    expect(
      await eventually(
        async () => (await call('GET', ofAccount(), { token: ann })).status,
        (status) => status === 403,
      ),
    ).toBe(403);
    expect((await signIn('ann@example.com', password)).status).toBe(401);
    expect((await call('GET', ofAccount(), { token: owner })).body).toMatchObject({ enabled: false });
    expect((await call('PUT', ofAccount('/name'), { token: owner, body: { name: 'Other' } })).status).toBe(403);
    expect((await call('POST', ofAccount('/enable'), { token: owner })).status).toBe(204);
    expect(
      await eventually(
        async () => (await call('GET', ofAccount(), { token: ann })).status,
        (status) => status === 200,
      ),
    ).toBe(200);
  });

  it('forgets a person who was locked out, and only then', async () => {
    const added = await call('POST', ofOrganization('/users'), { token: owner, body: { ...person('gone@example.com'), role: 'viewer' } });
    const at = ofOrganization(`/users/${String(added.body['userId'])}`);
    const early = await call('POST', `${at}/forget`, { token: owner });
    expect([early.status, early.body['code']]).toEqual([409, 'user-still-active']);
    await call('DELETE', at, { token: owner });
    const forgotten = await call('POST', `${at}/forget`, { token: owner });
    expect(forgotten.status).toBe(204);
    const list = await call('GET', ofOrganization('/users'), { token: owner, headers: minPosition(forgotten) });
    expect(list.body['items']).toContainEqual(
      expect.objectContaining({ userId: added.body['userId'], email: null, name: null, active: false }),
    );
    expect(
      (await call('POST', ofOrganization('/users'), { token: owner, body: { ...person('gone@example.com'), role: 'viewer' } })).status,
    ).toBe(201);
  });

  it('keeps personal data and secrets out of every table', async () => {
    const client = new Client({ connectionString: running.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ place: string }>(
      `select format('%I.%I', table_schema, table_name) as place from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const holding = async (text: string): Promise<readonly string[]> => {
      const found = await Promise.all(
        rows.map(async ({ place }) =>
          (await client.query(`select 1 from ${place} t where t::text ilike $1`, [`%${text}%`])).rows.length > 0 ? [place] : [],
        ),
      );
      return found.flat();
    };
    expect(await holding('MY-ACCOUNT')).toEqual(expect.arrayContaining(['tenancy.events', 'tenancy_views.accounts_v2']));
    for (const secret of ['olga@example.com', 'Olga Owner', 'ann@example.com', canary, acme.owner.password, adminPassword])
      expect([secret, await holding(secret)]).toEqual([secret, []]);
    await client.end();
  });

  it('starts again as it was', async () => {
    await running.restart();
    expect((await signIn('admin', adminPassword)).status).toBe(201);
    expect(((await call('GET', '/v1/tenancy/jwks')).body['keys'] as unknown[]).length).toBe(1);
    expect((await call('GET', ofAccount(), { token: owner })).status).toBe(200);
  });
});

const password = 'a-long-enough-password';
const canary = 'canary-7f3a';
const person = (email: string) => ({ email, name: 'Some Body', password });
const acme = {
  name: 'Acme',
  timeZone: 'Europe/Berlin',
  owner: { email: 'olga@example.com', name: 'Olga Owner', password: 'password-of-olga' },
};

const eventually = async <T>(probe: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> => {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const value = await probe();
    if (isRight(value) || Date.now() > deadline) return value;
  }
};
