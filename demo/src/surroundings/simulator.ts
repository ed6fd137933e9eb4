import type { DemoConfig } from '../demo.config';
import type { JournalEntry } from '../checking/journal';
import { startProgram } from './program';

/** The simulated warehouses and shops, and what really happened there. */
export type Simulator = {
  readonly url: string;
  readonly put: (path: string, body: object) => Promise<void>;
  readonly post: (path: string, body: object) => Promise<void>;
  readonly get: (path: string) => Promise<Readonly<Record<string, unknown>>>;
  /** Everything that happened at the places whose code begins so. */
  readonly journal: (tag: string) => Promise<readonly JournalEntry[]>;
  readonly stop: () => Promise<void>;
};

const isThere = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // nobody there
  }
};

const ask = async (url: string, method: string, body?: object): Promise<Readonly<Record<string, unknown>>> => {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${method} ${url}: ${await response.text()}`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
};

const readJournal = async (url: string, tag: string): Promise<readonly JournalEntry[]> => {
  const entries: JournalEntry[] = [];
  for (let after = 0; ;) {
    const page = await ask(`${url}/journal?after=${after}&limit=10000`, 'GET');
    entries.push(...(page['entries'] as readonly JournalEntry[]));
    after = Number(page['nextCursor']);
    if (page['more'] !== true) return entries.filter(({ place }) => place.split('/')[1]?.startsWith(`${tag}-`) === true);
  }
};

/** Uses the simulator at the address of the configuration, or starts one there. */
export const findOrStartSimulator = async ({ simulator: url }: DemoConfig): Promise<Simulator> => {
  const port = new URL(url).port || '80';
  const started = (await isThere(url)) ? null : await startProgram('channel-simulator', /ready on/, { STOCKPROOF_SIMULATOR_PORT: port });
  return {
    url,
    put: async (path, body) => void (await ask(url + path, 'PUT', body)),
    post: async (path, body) => void (await ask(url + path, 'POST', body)),
    get: (path) => ask(url + path, 'GET'),
    journal: (tag) => readJournal(url, tag),
    stop: async () => started?.stop(),
  };
};
