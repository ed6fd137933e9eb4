import type { JsonObject } from '@stockproof/decider';
import type { Jobs } from '@stockproof/jobs';
import type { PersonalData } from '@stockproof/personal-data';
import { derivedId, type AccountId, type Clock } from '@stockproof/vocabulary';
import type { AnyFileKind, ReadFile } from './any-file-kind';
import type { ImportedFor } from './file-kind';
import type { FilesToTake, FileToTake } from './file-store';
import { openContent } from './sealed-content';

export const importJob = 'import-file';

/** While a file is not done it is looked after again and again: a failing run comes back, with growing waits. */
const everyMs = 5_000;

export const subjectOf = (accountId: AccountId, fileId: string): string => `${accountId}/${fileId}`;

/** From now on somebody takes the file, whoever runs jobs. */
export const scheduleTaking = (jobs: Pick<Jobs, 'schedule'>, accountId: AccountId, fileId: string): Promise<void> =>
  jobs.schedule(importJob, subjectOf(accountId, fileId), { accountId, everyMs, payload: { accountId, fileId } });

export type TakingFiles = {
  readonly service: string;
  readonly kinds: readonly AnyFileKind[];
  readonly files: FilesToTake;
  readonly personalData: PersonalData;
  readonly jobs: Jobs;
  readonly clock: Clock;
};

type Progress = (done: number, of: number | null) => Promise<void>;

/** Tells the job runner how files are taken. */
export const takeFiles = (taking: TakingFiles): void => {
  const { jobs, files } = taking;
  jobs.onSchedule({
    kind: importJob,
    run: async ({ payload, subject, progress }) => {
      const file = await files.next(namedIn(payload));
      if (file !== null) await takeFile(taking, file, progress);
      // What lies in backups cannot be read either.
      if (file !== null && file.content !== null) await taking.personalData.forget(file.content.subjectId);
      // It has ended: its job goes with it.
      await jobs.unschedule(importJob, subject);
      return { cursor: null };
    },
  });
};

const namedIn = (payload: JsonObject) => ({ accountId: String(payload['accountId']), fileId: String(payload['fileId']) });

const takeFile = async (taking: TakingFiles, file: FileToTake, progress: Progress): Promise<void> => {
  const { kinds, files, clock } = taking;
  const kind = kinds.find(({ name }) => name === file.kind);
  if (kind === undefined) throw new Error(`This release takes no files of the kind ${file.kind}.`);
  const text = file.content === null ? null : await openContent(taking.personalData, file.content);
  if (text === null) return files.end(file, 'Its content is no longer there.', clock.now());
  const read = await kind.read(text);
  if (read.outcome === 'unreadable') return files.end(file, `${read.code}: ${read.message}`, clock.now());
  const imported = importedFor(taking.service, file);
  const sums = await takeRows(taking, { file, read, imported }, progress);
  await kind.finish(imported, sums);
  await files.end(file, null, clock.now());
};

type Rows = Extract<ReadFile, { readonly outcome: 'read' }>;

/** Parts in the order of the file; each is told before the next begins. */
const takeRows = async (
  { files }: TakingFiles,
  { file, read, imported }: { readonly file: FileToTake; readonly read: Rows; readonly imported: ImportedFor },
  progress: Progress,
): Promise<JsonObject> => {
  let { done, sums } = file;
  for await (const part of read.parts(done)) {
    const outcomes = await part.apply(imported);
    if (outcomes.length !== part.rows) throw new Error(`${outcomes.length} outcomes were answered for ${part.rows} rows of ${file.kind}.`);
    sums = part.summed(sums, outcomes, imported);
    await files.advance(file, { from: done, outcomes, of: read.rows, sums });
    done += outcomes.length;
    await progress(done, read.rows);
  }
  return sums;
};

const importedFor = (service: string, file: FileToTake): ImportedFor => {
  const { accountId, organizationId, actor, fileId, options, receivedAt } = file;
  return {
    ...{ accountId, organizationId, actor, fileId, options, receivedAt },
    contextOf: (row, ...step) => ({
      commandId: derivedId(service, 'import', accountId, fileId, row, ...step),
      correlationId: fileId,
      causationId: fileId,
      ...{ actor, organizationId, accountId },
    }),
  };
};
