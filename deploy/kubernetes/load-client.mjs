// How the load asks: Node's own HTTP client and nothing else. Only a refused connection is tried again, for what was refused was not
// begun; any other end without an answer is the caller's failure.
import { randomUUID } from 'node:crypto';
import { Agent, request as send } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const answerOf = (response, text) => ({
  status: response.statusCode,
  revision: response.headers.etag,
  replayed: response.headers['idempotent-replayed'] === 'true',
  body: text === '' ? {} : JSON.parse(text),
});

const exchange = (options, body) =>
  new Promise((resolve, reject) => {
    const asked = send({ ...options, timeout: 30_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (text += part));
      response.on('end', () => resolve(answerOf(response, text)));
      response.on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer within 30 s')));
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });

const headersOf = ({ method, body, key, revision, token }) => ({
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(method === 'POST' ? { 'idempotency-key': key } : {}),
  ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  ...(revision === undefined ? {} : { 'if-match': revision }),
});

/**
 * Asks one Stockproof. `keepsConnection`: one connection is used again and again, until an answer says that it closes; otherwise each
 * request has its own. `counts.refusedConnections` grows with every connection that was refused.
 */
export const clientOf = (base, counts, { keepsConnection }) => {
  const { hostname, port } = new URL(base);
  const agent = keepsConnection ? new Agent({ keepAlive: true, maxSockets: 1 }) : new Agent({ keepAlive: false });
  let token = null;

  const ask = async (method, path, { body, revision, key = randomUUID(), as = token } = {}) => {
    const headers = headersOf({ method, body, key, revision, token: as });
    for (let tries = 0; ; tries += 1) {
      try {
        return await exchange({ hostname, port: port || 80, method, path, headers, agent }, body);
      } catch (error) {
        if (error.code !== 'ECONNREFUSED' || tries === 100) throw error;
        counts.refusedConnections += 1;
        await wait(50);
      }
    }
  };

  const accepted = async (method, path, said) => {
    const answer = await ask(method, path, said);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  return {
    ask,
    accepted,
    get: (path) => accepted('GET', path),
    post: (path, body) => accepted('POST', path, { body }),
    /** The old token is used until there is the new one. */
    signIn: async (email, password) => {
      const session = await accepted('POST', '/v1/tenancy/sessions', { body: { email, password }, as: null });
      token = session.accessToken;
    },
  };
};
