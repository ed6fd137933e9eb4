import { startOfLog, type Position } from '@stockproof/event-store';

/** A place in `$all`, as EventStoreDB names it. */
export type AllPosition = { readonly commit: bigint; readonly prepare: bigint };

const digits = 20;
const shape = new RegExp(`^(\\d{${digits}})-(\\d{${digits}})$`);
const padded = (number: bigint): string => String(number).padStart(digits, '0');

/** What servers before 22.6 answer where they do not know a position. */
const unknown = 2n ** 64n - 1n;

/** Commit before prepare, both padded: positions sort as text. */
export const positionText = ({ commit, prepare }: AllPosition): Position => {
  if (commit === unknown)
    throw new Error('The EventStoreDB server does not tell positions when a stream is read. Version 22.6 or later does.');
  return `${padded(commit)}-${padded(prepare)}`;
};

/** The place that a position names; `start` for the start of the log, null for a text that is no position of such a log. */
export const allPosition = (position: Position): AllPosition | 'start' | null => {
  if (position === startOfLog) return 'start';
  const [, commit, prepare] = shape.exec(position) ?? [];
  return commit === undefined || prepare === undefined ? null : { commit: BigInt(commit), prepare: BigInt(prepare) };
};
