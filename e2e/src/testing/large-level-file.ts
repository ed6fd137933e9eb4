import { existsSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { succeed } from './http-client';
import { newInstallation, type Installation } from './installation';
import { eventually, newMerchant, stockUp, type Merchant } from './merchant';

/** What was seen of a large file that was taken, killed once in the middle, sent again, and sent once more with a few figures changed. */
export type LargeFile = {
  readonly rows: number;
  readonly bytes: number;
  /** How far it was when the product was killed, and when it was looked at first after the start. */
  readonly killedAt: number;
  readonly wentOnFrom: number;
  readonly events: number;
  readonly counts: unknown;
  readonly eventsOfSecondTime: number;
  readonly changedRows: number;
  readonly eventsOfChanged: number;
  readonly countsOfChanged: unknown;
  /** Reports that the account lists: one for each file. */
  readonly reports: readonly { readonly applied: number; readonly unchanged: number; readonly refused: number }[];
  readonly seconds: number;
  readonly secondsOfChanged: number;
  readonly peakMib: number;
};

type Import = {
  readonly fileId: string;
  readonly status: string;
  readonly progress: { readonly done: number; readonly of: number | null };
  readonly counts: unknown;
};

export type LargeFileRun = {
  /** What the product is told beside what every installation is told, say a limit of its heap. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly say?: (progress: string) => void;
};

/** Takes a file of so many rows with the product as it is delivered, on a machine of its own. */
export const takeLargeFile = async (rows: number, { environment = {}, say = () => undefined }: LargeFileRun = {}): Promise<LargeFile> => {
  const installation = await newInstallation(environment);
  try {
    const before = await installation.start('all-in-one');
    const merchant = await newMerchant(installation, null);
    await stockUp(merchant, [{ sku: 'FIRST', warehouse: 'NORTH', quantity: 1 }]);
    const desk = deskOf(installation, await byKey(merchant), { rows, say });
    const file = fileOf(rows, () => false);

    let since = performance.now();
    const { fileId } = await desk.send(file, 'first');
    const killedAt = await desk.doneWhen(fileId, (each) => each.progress.done >= rows / 4);
    let peakMib = peakOf(before.child.pid);
    await installation.kill();
    const after = await installation.start('all-in-one');
    const wentOnFrom = (await desk.importOf(fileId)).progress.done;
    await desk.doneWhen(fileId, ended);
    const seconds = (performance.now() - since) / 1000;
    const events = await desk.reportedSkus();
    const { counts } = await desk.importOf(fileId);

    const again = await desk.send(file, 'first');
    if (again.fileId !== fileId) throw new Error('The same file became another import.');
    await desk.doneWhen(fileId, ended);
    const eventsOfSecondTime = (await desk.reportedSkus()) - events;

    since = performance.now();
    const changed = await desk.send(fileOf(rows, isChanged), 'changed', new Date().toISOString());
    await desk.doneWhen(changed.fileId, ended);
    const secondsOfChanged = (performance.now() - since) / 1000;
    peakMib = Math.max(peakMib, peakOf(after.child.pid));
    return {
      ...{ rows, bytes: file.length, killedAt: killedAt.progress.done, wentOnFrom, events, counts, eventsOfSecondTime },
      ...{ changedRows: Array.from({ length: rows }, (_, index) => index).filter(isChanged).length },
      eventsOfChanged: (await desk.reportedSkus()) - events - eventsOfSecondTime,
      countsOfChanged: (await desk.importOf(changed.fileId)).counts,
      reports: await desk.reports(),
      ...{ seconds, secondsOfChanged, peakMib },
    };
  } finally {
    await installation.remove();
  }
};

/** Speaks with a key of the account: a sign-in ends before a large file does. */
const byKey = async (merchant: Merchant): Promise<Merchant> => {
  const scopes = ['stock:read', 'stock:adjust', 'job:read'];
  const { body } = await succeed(merchant.post('tenancy', '/api-keys', { name: 'Large files', scopes }));
  const token = String(body['key']);
  return { ...merchant, token, get: (service, path) => merchant.call('GET', merchant.of(service, path), { token }) };
};

const isChanged = (index: number): boolean => index % 1_000 === 500;

const fileOf = (rows: number, changed: (index: number) => boolean): string => {
  const lines = Array.from(
    { length: rows },
    (_, index) => `SKU-${String(index).padStart(7, '0')},NORTH,${(index % 997) + 1 + (changed(index) ? 1 : 0)}`,
  );
  return `sku,warehouse,quantity\n${lines.join('\n')}\n`;
};

const ended = ({ status }: Import): boolean => status === 'done' || status === 'failed';

const deskOf = (
  installation: Installation,
  merchant: Merchant,
  { rows, say }: { readonly rows: number; readonly say: (progress: string) => void },
) => {
  const importOf = async (fileId: string): Promise<Import> =>
    (await succeed(merchant.get('stock', `/imports/${fileId}`))).body as unknown as Import;
  return {
    importOf,
    send: async (body: string, name: string, takenAt?: string): Promise<Import> => {
      const path = merchant.of('stock', `/imports/stock-levels?name=${name}${takenAt === undefined ? '' : `&takenAt=${takenAt}`}`);
      const sent = merchant.call('POST', path, { token: merchant.token, body, headers: { 'content-type': 'text/csv' } });
      return (await succeed(sent)).body as unknown as Import;
    },
    doneWhen: (fileId: string, wanted: (seen: Import) => boolean): Promise<Import> => {
      let told = -1;
      return eventually(
        async () => {
          const seen = await importOf(fileId);
          const part = Math.floor((20 * seen.progress.done) / rows);
          if (part > told) say(`${seen.progress.done} of ${rows}`);
          told = Math.max(told, part);
          return seen;
        },
        wanted,
        60_000 + rows * 10,
      );
    },
    /** Events that a report left on items, counted in the log itself. */
    reportedSkus: async (): Promise<number> => {
      const client = new Client({ connectionString: installation.databaseUrl() });
      await client.connect();
      try {
        const { rows: found } = await client.query<{ count: string }>(
          "select count(*) from stock.events where type = 'StockLevelReported'",
        );
        return Number(found[0]?.count);
      } finally {
        await client.end();
      }
    },
    reports: () =>
      eventually(
        async () => (await succeed(merchant.get('stock', '/level-reports?limit=100'))).body['items'] as LargeFile['reports'],
        (seen) => seen.length >= 2,
        60_000 + rows * 10,
      ),
  };
};

/** The most memory that the process ever had, where the system says so. */
const peakOf = (pid: number | undefined): number => {
  const file = `/proc/${pid}/status`;
  const said = existsSync(file) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return Math.round(Number(said ?? 0) / 1024);
};
