import { startFront } from './front';
import { startListener, type Listener } from './listener';
import { freePort } from './testing/free-ports';

let breaks = false;
jest.mock('@scalar/fastify-api-reference', () => {
  if (breaks) throw new Error('the disk does not answer');
  return jest.requireActual<object>('@scalar/fastify-api-reference');
});

describe('what belongs to no service', () => {
  let listener: Listener;
  let url: string;
  beforeEach(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}/docs/`;
    listener = await startListener({ host: '127.0.0.1', port, lingerMs: 0 }, []);
    listener.otherwise(await startFront(async () => new Map()));
  });
  afterEach(() => listener.drain());

  it('is there to be read: whatever else is asked of it is answered at once', async () => {
    const asked = async (method: string, body?: string) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method, ...(body === undefined ? {} : { body, headers }), signal: AbortSignal.timeout(5_000) });
      return { status: answer.status, type: answer.headers.get('content-type') };
    };
    const [page, problem] = [expect.stringContaining('text/html'), 'application/problem+json'];
    expect(await asked('GET')).toEqual({ status: 200, type: page });
    expect(await asked('HEAD')).toEqual({ status: 200, type: page });
    for (const method of ['POST', 'PUT', 'DELETE']) expect(await asked(method, '{"a":1}')).toEqual({ status: 404, type: problem });
  });

  it('is opened again for the next who asks where it could not be opened', async () => {
    jest.resetModules();
    breaks = true;
    expect((await fetch(url)).status).toBe(500);
    breaks = false;
    expect((await fetch(url)).status).toBe(200);
  });
});
