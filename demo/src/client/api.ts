import { eventually } from './eventually';

/** An answer of the product, as it came. */
export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>>; readonly headers: Headers };

export type Request = {
  readonly body?: object;
  /** A file instead of JSON. */
  readonly file?: { readonly text: string; readonly mediaType: string };
  readonly headers?: Readonly<Record<string, string>>;
};

/** Whoever is signed in. Every call may be repeated: it carries one Idempotency-Key however often it is sent. */
export type Api = {
  readonly ask: (method: string, path: string, request?: Request) => Promise<Answer>;
  /** The same, where anything but a success ends the demonstration. */
  readonly get: (path: string) => Promise<Answer['body']>;
  readonly post: (path: string, body?: object) => Promise<Answer['body']>;
  readonly put: (path: string, body: object) => Promise<Answer['body']>;
  /** Reads first, so that the change carries the revision that it was made from. */
  readonly patch: (readPath: string, path: string, body: object) => Promise<Answer['body']>;
  readonly send: (path: string, file: NonNullable<Request['file']>) => Promise<Answer['body']>;
  /** Every item of a list, page after page. */
  readonly all: <Item>(path: string) => Promise<readonly Item[]>;
};

export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    what: string,
    readonly answer: Answer,
  ) {
    super(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
}

const isFinal = ({ status, body }: Answer): boolean =>
  ![429, 502, 503].includes(status) && !(status >= 500 && body['retryable'] === true) && body['code'] !== 'request-in-progress';

const jsonOf = (text: string): Answer['body'] => {
  if (text === '') return {};
  const read: unknown = JSON.parse(text);
  return typeof read === 'object' && read !== null ? (read as Answer['body']) : { value: read };
};

/** Once; `null` where no answer came, or one that says to come again. */
const once = async (url: string, init: RequestInit): Promise<Answer | null> => {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(60_000) });
    const answer = { status: response.status, body: jsonOf(await response.text()), headers: response.headers };
    return isFinal(answer) ? answer : null;
  } catch {
    return null; // not reached, or the answer was lost: the same question again, under the same key, is safe
  }
};

export type ApiOptions = {
  readonly base: string;
  readonly token: string | null;
  /** Names each call; the same run never uses a name twice. */
  readonly keys: () => string;
};

export const apiAs = ({ base, token, keys }: ApiOptions): Api => {
  const ask: Api['ask'] = async (method, path, { body, file, headers } = {}) => {
    const content =
      file === undefined ? body && { type: 'application/json', text: JSON.stringify(body) } : { type: file.mediaType, text: file.text };
    const init: RequestInit = {
      method,
      headers: {
        ...(method === 'POST' ? { 'idempotency-key': keys() } : {}),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(content === undefined ? {} : { 'content-type': content.type }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content.text }),
    };
    const answer = await eventually(
      `an answer to ${method} ${path}`,
      () => once(base + path, init),
      (seen) => seen !== null,
    );
    if (answer === null) throw new Error('unreachable');
    return answer;
  };
  const succeed = async (method: string, path: string, request?: Request): Promise<Answer> => {
    const answer = await ask(method, path, request);
    if (answer.status >= 300) throw new Refused(`${method} ${path}`, answer);
    return answer;
  };
  return {
    ask,
    get: async (path) => (await succeed('GET', path)).body,
    post: async (path, body) => (await succeed('POST', path, body === undefined ? {} : { body })).body,
    put: async (path, body) => (await succeed('PUT', path, { body })).body,
    patch: async (readPath, path, body) => {
      // What was read may have changed before the change arrives: then it is read again.
      const changed = await eventually(
        `a change of ${path}`,
        async () => {
          const read = await succeed('GET', readPath);
          return ask('PATCH', path, { body, headers: { 'if-match': read.headers.get('etag') ?? '*' } });
        },
        ({ status }) => status !== 412,
      );
      if (changed.status >= 300) throw new Refused(`PATCH ${path}`, changed);
      return changed.body;
    },
    send: async (path, file) => (await succeed('POST', path, { file })).body,
    all: async <Item>(path: string) => {
      const items: Item[] = [];
      for (let cursor = ''; ;) {
        const query = new URLSearchParams({ limit: '100', ...(cursor === '' ? {} : { cursor }) }).toString();
        const { items: some, nextCursor } = (await succeed('GET', `${path}${path.includes('?') ? '&' : '?'}${query}`)).body;
        items.push(...((some ?? []) as Item[]));
        if (typeof nextCursor !== 'string') return items;
        cursor = nextCursor;
      }
    },
  };
};
