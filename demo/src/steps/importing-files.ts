import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../client/eventually';
import type { Company, Say, Service } from './company';

const folder = join(__dirname, '..', '..', '..', '..', 'demo', 'files');

export type FileToImport = {
  readonly service: Service;
  readonly kind: string;
  readonly name: string;
  readonly mediaType: string;
  readonly options?: Readonly<Record<string, string>>;
};

export type RowOutcome = {
  readonly row: number;
  readonly outcome: 'taken' | 'skipped' | 'refused';
  readonly code: string | null;
  readonly message: string | null;
};

/** How a file was taken, and every row that was not. */
export type ImportedFile = {
  readonly counts: { readonly taken: number; readonly skipped: number; readonly refused: number };
  readonly rows: readonly RowOutcome[];
};

type Status = {
  readonly status: string;
  readonly counts: ImportedFile['counts'];
  readonly progress: { readonly done: number; readonly of: number | null };
};

/** Sends a file of the demonstration and waits until all of it has been dealt with. */
export const importFile = async ({ api, at }: Company, file: FileToImport, say: Say): Promise<ImportedFile> => {
  const { service, kind, name, mediaType, options = {} } = file;
  const text = readFileSync(join(folder, name), 'utf8');
  const query = new URLSearchParams({ name, ...options }).toString();
  const { fileId } = await api.send(at(service, `/imports/${kind}?${query}`), { text, mediaType });
  const imports = at(service, `/imports/${String(fileId)}`);
  let shown = 0;
  const ended = await eventually(
    `the import of ${name}`,
    async () => {
      const seen = (await api.get(imports)) as unknown as Status;
      if (seen.progress.done - shown >= 50) say(`${name}: ${(shown = seen.progress.done)} of ${seen.progress.of ?? '?'}`);
      return seen;
    },
    ({ status }) => status === 'done' || status === 'failed',
    { everyMs: 150 },
  );
  if (ended.status === 'failed') throw new Error(`${name} could not be imported: ${JSON.stringify(ended)}`);
  const { taken, skipped, refused } = ended.counts;
  say(`${name}: ${taken} taken, ${skipped} skipped, ${refused} refused`);
  return { counts: ended.counts, rows: await api.all<RowOutcome>(`${imports}/rows`) };
};
