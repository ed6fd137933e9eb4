import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, Verdict } from './evidence';

/** Writes what a run was judged by beside what its clients wrote. */
export const keepEvidence = (folder: string, { events, views }: Evidence, verdicts: readonly Verdict[]): void => {
  writeFileSync(join(folder, 'verdicts.json'), JSON.stringify(verdicts, null, 2));
  writeFileSync(join(folder, 'events.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  writeFileSync(join(folder, 'views.json'), JSON.stringify(views));
};
