import { createServer, type AddressInfo } from 'node:net';
import { Client } from 'pg';
import { isTransient } from './transient';

/** A port behind which nobody ever says a word. */
const silent = async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
};

const failure = async (port: number): Promise<unknown> => {
  const client = new Client({ host: '127.0.0.1', port, user: 'a', database: 'a', connectionTimeoutMillis: 50 });
  client.on('error', () => undefined);
  return client.connect().then(
    () => null,
    (error: unknown) => error,
  );
};

describe('what may succeed when tried again', () => {
  it('a server that accepts a connection and says nothing', async () => {
    const server = await silent();
    expect(isTransient(await failure(server.port))).toBe(true);
    server.close();
  });
  it('a server that is not there', async () => {
    const server = await silent();
    await new Promise<void>((resolve) => server.close().once('close', resolve));
    expect(isTransient(await failure(server.port))).toBe(true);
  });
  it.each(['40001', '40P01', '57P01', '57P03', '08006', '53300'])('SQLSTATE %s', (code) => expect(isTransient({ code })).toBe(true));
  it.each([
    { code: '23505' },
    { code: '42P01' },
    { code: '42703' },
    new Error('what was asked is wrong'),
    null,
    undefined,
    'timeout expired',
  ])('not %p', (error) => expect(isTransient(error)).toBe(false));
});
