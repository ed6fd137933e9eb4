import type { JsonObject } from '@stockproof/decider';
import type { Jobs } from '@stockproof/jobs';
import type { PersonalData } from '@stockproof/personal-data';
import { derivedId, type AccountId, type Clock } from '@stockproof/vocabulary';
import type { AnyFileKind, ReadFile } from './any-file-kind';
import type { FileFault, ImportedFor, RowOutcome } from './file-kind';
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
  const read = kind.read(text);
  if (read.outcome === 'unreadable') return files.end(file, `${read.code}: ${read.message}`, clock.now());
  await takeRows(taking, { file, atOnce: kind.atOnce, read }, progress);
  await files.end(file, null, clock.now());
};

type Rows = Extract<ReadFile, { readonly outcome: 'read' }>;

/** Rows in the order of the file, then what could not be read; each batch is told before the next begins. */
const takeRows = async (
  { service, files }: TakingFiles,
  { file, atOnce, read }: { readonly file: FileToTake; readonly atOnce: number; readonly read: Rows },
  progress: Progress,
): Promise<void> => {
  const { rows, faults } = read;
  const of = rows + faults.length;
  const imported = importedFor(service, file);
  for (let done = file.done; done < rows; done += atOnce) {
    const outcomes = await read.apply(done, done + atOnce, imported);
    const wanted = Math.min(atOnce, rows - done);
    if (outcomes.length !== wanted) throw new Error(`${outcomes.length} outcomes were answered for ${wanted} rows of ${file.kind}.`);
    await files.advance(file, { from: done, outcomes, of });
    await progress(done + outcomes.length, of);
  }
  // They are told all at once: either none of them is, or the file has been dealt with.
  if (faults.length > 0 && file.done < of) await files.advance(file, { from: rows, outcomes: faults.map(refusedFault), of });
};

const refusedFault = ({ row, code, message }: FileFault): RowOutcome => ({ row, outcome: 'refused', code, message });

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
