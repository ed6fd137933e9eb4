import { createWriteStream } from 'node:fs';
import { Pool } from 'undici';
import type { Answer, Asked, Entry, Outcome } from './record';
import { pause } from './until';

/** What is asked, of whom, and how stubbornly. */
export type Question = Omit<Asked, 'of'> & {
  readonly key: string;
  readonly service: 'sales' | 'stock' | 'purchasing';
  readonly target: number;
  readonly persistent: boolean;
  readonly again: boolean;
};

export type Service = Question['service'];
/** Addresses of the processes that have this service, by the number of the process. */
export type Targets = Readonly<Record<Service, readonly { readonly of: number; readonly base: string }[]>>;

export type Asking = {
  /** The answer; null where nobody learnt it now. */
  readonly ask: (question: Question) => Promise<Answer | null>;
  /** Asks again whatever was to be asked again later. */
  readonly askAgain: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly file: string;
  readonly targets: Targets;
  readonly token: () => string;
  readonly connections: number;
  readonly patienceMs: number;
};

/** A process that was killed is back after some seconds: who gives up sooner asks mostly those that are away, and learns nothing. */
const triesNow = 7;
const firstPauseMs = 100;
const triesLater = 20;
/** A try that its process did not survive keeps its key for so long. */
const leaseMs = 31_000;

/** Asks over HTTP and writes down each question before it leaves, each answer when it has come. */
export const asking = ({ file, targets, token, connections, patienceMs }: Options): Asking => {
  const record = createWriteStream(file, { flags: 'a' });
  const pools = new Map<string, Pool>();
  const later: { readonly question: Question; readonly attempt: number; readonly notBefore: number }[] = [];
  const write = (entry: Entry): void => void record.write(`${JSON.stringify(entry)}\n`);
  const poolOf = (base: string): Pool => {
    const pool = pools.get(base) ?? new Pool(base, { connections, pipelining: 1, headersTimeout: patienceMs, bodyTimeout: patienceMs });
    pools.set(base, pool);
    return pool;
  };

  const tryOnce = async (question: Question, attempt: number): Promise<{ readonly outcome: Outcome; readonly answer: Answer | null }> => {
    const { key, service, target, what, method, path, body } = question;
    const among = targets[service];
    const { of, base } = among[(target + attempt) % among.length] as { of: number; base: string };
    const asked: Asked = { what, method, path, of, ...(body === undefined ? {} : { body }) };
    write({ is: 'invoke', key, attempt, at: Date.now(), asked });
    try {
      const answer = await send(poolOf(base), question, token());
      const outcome = outcomeOf(answer);
      write({ is: outcome, key, attempt, at: Date.now(), ...answer });
      return { outcome, answer };
    } catch (error) {
      write({ is: 'unknown', key, attempt, at: Date.now(), why: error instanceof Error ? error.message : String(error) });
      return { outcome: 'unknown', answer: null };
    }
  };

  const askFrom = async (question: Question, first: number, tries: number): Promise<Answer | null> => {
    for (let attempt = first; attempt < first + tries; attempt++) {
      const { outcome, answer } = await tryOnce(question, attempt);
      if (outcome !== 'unknown') {
        if (question.again && question.method === 'POST') await tryOnce(question, attempt + 1);
        return answer;
      }
      if (!question.persistent) return null;
      if (answer?.body['code'] === 'request-in-progress' || attempt + 1 === first + tries) {
        later.push({ question, attempt: attempt + 1, notBefore: Date.now() + leaseMs });
        return null;
      }
      await pause(firstPauseMs * 2 ** (attempt - first));
    }
    return null;
  };

  return {
    ask: (question) => askFrom(question, 0, triesNow),
    askAgain: async () => {
      for (let round = 0; round < triesLater && later.length > 0; round++) {
        const due = later.splice(0);
        await pause(Math.max(0, Math.min(...due.map(({ notBefore }) => notBefore)) - Date.now()));
        for (const { question, attempt } of due) if (question.method === 'POST') await askFrom({ ...question, again: false }, attempt, 1);
        later.forEach((each, index) => (later[index] = { ...each, notBefore: Date.now() + 1_500 }));
      }
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      await new Promise<void>((resolve) => record.end(resolve));
    },
  };
};

const send = async (pool: Pool, { key, method, path, body }: Question, token: string): Promise<Answer> => {
  const answer = await pool.request({
    method,
    path,
    headers: {
      authorization: `Bearer ${token}`,
      ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
    },
    body: method === 'GET' ? null : JSON.stringify(body ?? {}),
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
};

/** What may be tried again, and what was never let in, is not yet answered. */
const outcomeOf = ({ status, body }: Answer): Outcome => {
  if (status < 300) return 'ok';
  return status >= 500 || status === 401 || body['retryable'] === true ? 'unknown' : 'fail';
};
