import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FulfillmentChannel } from '@stockproof/fulfillment-channel';
import { Webhook } from 'standardwebhooks';
import { genericHttp } from './generic-http';
import { openOutboundHttp, type OutboundHttp } from './outbound/outbound-http';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`;
const older = `whsec_${Buffer.from('the secret that it replaces .....').toString('base64')}`;

describe('generic-http', () => {
  let server: Server;
  let outbound: OutboundHttp;
  let url: string;
  let requests: IncomingMessage[] = [];
  let answers: { status: number; body?: object; headers?: Record<string, string> }[] = [];

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(request);
    request.resume();
    const { status, body, headers } = answers.shift() ?? { status: 500 };
    response.writeHead(status, headers).end(JSON.stringify(body ?? {}));
  };

  let paths = 0;
  const warehouse = (credentials: { token?: string; pushSecrets?: string[] } = {}): FulfillmentChannel => {
    const connection = genericHttp(outbound).connectWarehouse({ settings: { baseUrl: `${url}/w${(paths += 1)}/` }, credentials });
    if (connection.outcome !== 'connected') throw new Error(JSON.stringify(connection.problems));
    return connection.channel;
  };
  const cancel = (channel: FulfillmentChannel) => channel.cancelShipment({ shipmentId: 'S/1' }, { effectId: 'e-1' });
  const announce = (channel: FulfillmentChannel) => channel.sendProducts([], { effectId: 'e-1' });

  beforeAll(async () => {
    server = createServer(answer);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}`;
    outbound = openOutboundHttp({ allow: [`127.0.0.1:${port}`] });
  });
  beforeEach(() => {
    requests = [];
    answers = [];
  });
  afterAll(async () => {
    await outbound.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('keeps nothing of a secret that begins as another', async () => {
    const token = secret.slice(0, 12);
    answers = [{ status: 422, body: { code: 'no', message: `${secret} is no ${token}` } }];
    expect(await cancel(warehouse({ token, pushSecrets: [secret] }))).toMatchObject({ refusal: { message: '[secret] is no [secret]' } });
  });

  it.each([
    ['as it was shown', 'keep/this "to" yourself'],
    ['short enough to stand in innocent words', 'short'],
  ])('keeps nothing of a token, %s, that the answer repeats', async (_, token) => {
    const told = `Bearer ${token} (${encodeURIComponent(token)}) opens nothing`;
    answers = [{ status: 422, body: { code: 'no', message: told } }];
    const outcome = await cancel(warehouse({ token }));
    const message = token === 'short' ? told : 'Bearer [secret] ([secret]) opens nothing';
    expect(outcome).toEqual({ outcome: 'refused', refusal: { code: 'no', message } });
  });

  it('names the effect and shows its token', async () => {
    answers = [{ status: 200, body: { outcome: 'cancelled' } }];
    expect(await cancel(warehouse({ token: 't-1' }))).toEqual({ outcome: 'cancelled' });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: expect.stringMatching(/^\/w\d+\/shipments\/S%2F1\/cancel$/),
      headers: { 'idempotency-key': 'e-1', authorization: 'Bearer t-1' },
    });
  });

  it.each([400, 409, 410, 413, 422])('takes %d as a no', async (status) => {
    answers = [{ status, body: { code: 'closed', message: 'we are closed' } }];
    expect(await announce(warehouse())).toEqual({ outcome: 'rejected', refusal: { code: 'closed', message: 'we are closed' } });
  });

  it.each([301, 302, 401, 403, 404, 408, 429, 500, 503])(
    'does not take %d as an answer to the question, and asks an effect once',
    async (status) => {
      answers = [{ status, headers: { location: '/elsewhere', 'retry-after': '3' } }];
      expect(await announce(warehouse())).toEqual({
        outcome: 'unanswered',
        reason: expect.stringContaining(String(status)),
        retryAfterMs: 3000,
      });
      expect(requests).toHaveLength(1);
    },
  );

  it('does not know what a receipt without a name means', async () => {
    answers = [{ status: 200, body: { thanks: true } }];
    expect((await announce(warehouse())).outcome).toBe('unanswered');
  });

  it('reads again where reading failed', async () => {
    answers = [{ status: 503 }, { status: 500 }, { status: 200, body: { items: [], nextCursor: '7' } }];
    expect(await warehouse().fetchReceipts('5')).toEqual({ items: [], unreadable: [], nextCursor: '7', more: false });
    expect(requests.map((request) => request.url?.replace(/^\/w\d+/, ''))).toEqual(Array(3).fill('/receipts?limit=200&after=5'));
  });

  it('gives up reading after three times, and the cursor does not move', async () => {
    answers = [{ status: 503 }, { status: 503 }, { status: 503, headers: { 'retry-after': '60' } }];
    await expect(warehouse().fetchReceipts('5')).rejects.toMatchObject({ name: 'ChannelUnavailable', retryAfterMs: 60_000 });
    expect(requests).toHaveLength(3);
  });

  it('says that a page without end has none', async () => {
    answers = [{ status: 200, body: { items: [], nextCursor: '5', more: true } }];
    expect(await warehouse().fetchReceipts('5')).toMatchObject({ more: false });
  });

  it('keeps an update that it cannot read beside those that it can', async () => {
    const update = {
      updateId: 'u',
      shipmentId: 's',
      externalShipmentId: 'x',
      happenedAt: '2026-03-01T09:00:00+01:00',
      change: { kind: 'cancelled' },
    };
    answers = [{ status: 200, body: { items: [{ updateId: 'odd' }, { ...update, shipmentId: 'nul\u0000' }, update], nextCursor: '3' } }];
    const page = await warehouse().fetchShipmentUpdates(null);
    expect(page.items).toEqual([{ ...update, happenedAt: '2026-03-01T08:00:00.000Z', change: { kind: 'cancelled', reason: '' } }]);
    expect(page.unreadable).toEqual([
      { original: { updateId: 'odd' }, problem: expect.stringContaining('shipmentId') },
      { original: expect.objectContaining({ updateId: 'u' }), problem: 'shipmentId: holds characters that cannot be stored' },
    ]);
  });

  it('leaves a peer alone for a while after five failures in a row, and no other', async () => {
    const [failing, other] = [warehouse(), warehouse()];
    for (let call = 0; call < 5; call += 1) await announce(failing);
    expect(await announce(failing)).toMatchObject({ outcome: 'unanswered', reason: expect.stringContaining('not called') });
    expect(requests).toHaveLength(5);
    answers = [{ status: 200, body: { externalId: 'fine' } }];
    expect(await announce(other)).toEqual({ outcome: 'accepted', externalId: 'fine' });
  });

  it('names everything wrong with a set-up', () => {
    const wrong = { settings: { baseUrl: 'ftp://u:p@wms.example', colour: 'red' }, credentials: { pushSecrets: ['whsec_!!'] } };
    expect(genericHttp(outbound).connectWarehouse(wrong)).toMatchObject({
      outcome: 'misconfigured',
      problems: expect.arrayContaining([
        expect.objectContaining({ field: 'settings.baseUrl' }),
        expect.objectContaining({ field: 'credentials.pushSecrets.0' }),
      ]),
    });
  });

  describe('a push', () => {
    const body = JSON.stringify({ type: 'stock-levels', data: { takenAt: '2026-03-01T08:00:00Z', rows: [{ sku: 'MUG', quantity: 1 }] } });
    const push = (by: string, rawBody = body, at = new Date()) => ({
      'Webhook-Id': 'p-1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(by).sign('p-1', at, rawBody),
    });

    it('is believed under the new secret and under the one that it replaces', () => {
      const channel = warehouse({ pushSecrets: [secret, older] });
      for (const by of [secret, older]) expect(channel.parsePush(push(by), body)).toMatchObject({ outcome: 'verified', pushId: 'p-1' });
    });

    it.each([
      ['another secret', push(older)],
      ['a time that is gone', push(secret, body, new Date(Date.now() - 6 * 60_000))],
      ['a time to come', push(secret, body, new Date(Date.now() + 6 * 60_000))],
      ['another id', { ...push(secret), 'Webhook-Id': 'p-2' }],
      ['no id', { ...push(secret), 'Webhook-Id': undefined }],
      ['two signature headers', { ...push(secret), 'webhook-signature': ['v1,a', 'v1,b'] }],
      ['an unknown version', { ...push(secret), 'webhook-signature': push(secret)['webhook-signature'].replace('v1,', 'v9,') }],
    ])('is not believed with %s', (_, headers) => {
      expect(warehouse({ pushSecrets: [secret] }).parsePush(headers, body).outcome).toBe('untrusted');
    });

    it('is not believed by a channel without a secret, which does not offer it', () => {
      expect(warehouse().parsePush(push(secret), body).outcome).toBe('untrusted');
      expect(warehouse().capabilities.has('push')).toBe(false);
    });

    it.each([
      '{"type":"stock-levels"',
      '{"type":"weather","data":{}}',
      '{"type":"receipt","data":{"lines":[]}}',
      '{"type":"constructor","data":{}}',
    ])('is kept where it cannot be read: %s', (odd) => {
      expect(warehouse({ pushSecrets: [secret] }).parsePush(push(secret, odd), odd)).toEqual({
        outcome: 'unreadable',
        pushId: 'p-1',
        reason: expect.stringMatching(/.+/),
      });
    });
  });
});
