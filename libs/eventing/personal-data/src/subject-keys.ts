import type { Instant } from '@stockproof/vocabulary';

/** One person who was forgotten, and when. */
export type Erasure = { readonly subjectId: string; readonly forgottenAt: Instant };

/** Where the wrapped keys and the erasure ledger live. */
export type SubjectKeys = {
  readonly find: (subjectIds: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>;
  /** Keeps this key unless there is one already; answers the one that stands, `null` where the person was forgotten. */
  readonly findOrCreate: (subjectId: string, wrappedKey: Buffer, at: Instant) => Promise<Buffer | null>;
  /** Writes the ledger and deletes the keys, both or neither. The first time of forgetting stands. */
  readonly forget: (erasures: readonly Erasure[]) => Promise<void>;
  readonly erasures: () => Promise<readonly Erasure[]>;
};
