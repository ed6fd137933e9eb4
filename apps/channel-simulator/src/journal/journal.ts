import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';

/** One thing that really happened here. `place` is `warehouses/<code>` or `shops/<code>`. */
export type Entry<Fact extends { readonly kind: string } = { readonly kind: string }> = {
  readonly seq: number;
  readonly at: string;
  readonly place: string;
} & Fact;

/** All that ever happened, in order; everything the simulator knows is folded from it. */
export type Journal = {
  readonly write: <Fact extends { readonly kind: string }>(place: string, fact: Fact) => Entry<Fact>;
  readonly entries: () => readonly Entry[];
};

/** Reads what is there; a line that a kill cut off in the middle never happened and is cut away. */
const readBack = (file: string): Entry[] => {
  if (!existsSync(file)) return [];
  const written = readFileSync(file, 'utf8');
  const whole = written.slice(0, written.lastIndexOf('\n') + 1);
  if (whole.length < written.length) truncateSync(file, Buffer.byteLength(whole));
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
};

/** Opens a journal in a file. Times grow by at least a millisecond, so that no two things happen at once. */
export const openJournal = (file: string, now: () => number): Journal => {
  mkdirSync(dirname(file), { recursive: true });
  const entries = readBack(file);
  let last = Date.parse(entries.at(-1)?.at ?? '1970-01-01T00:00:00.000Z');
  return {
    write: (place, fact) => {
      last = Math.max(now(), last + 1);
      const entry = { seq: entries.length + 1, at: new Date(last).toISOString(), place, ...fact };
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
      entries.push(entry);
      return entry;
    },
    entries: () => entries,
  };
};
