import type { Json } from '@stockproof/decider';

/** Encrypted personal data as it stands in events and views: the subject's random id and the ciphertext, `spd1.<base64url>`. */
export type Sealed = { readonly subjectId: string; readonly sealed: string };

/**
 * Names, addresses, e-mail, phone and notes, encrypted with a key per data subject. Forgetting a person is deleting the key: what
 * lies in streams, topics and backups stays unreadable.
 */
export type PersonalData = {
  /** A new subject with a random id, never derived from what is known about the person. */
  readonly newSubject: () => string;
  /** Creates the subject's key on first use. */
  readonly seal: (subjectId: string, plain: Json) => Promise<Sealed>;
  /** `null` where the person was forgotten. Keys are cached for 60 s at most. */
  readonly open: (sealed: Sealed) => Promise<Json | null>;
  readonly openMany: (sealed: readonly Sealed[]) => Promise<readonly (Json | null)[]>;
  /** Deletes the key and writes the erasure ledger, which is replayed after a restore. */
  readonly forget: (subjectId: string) => Promise<void>;
};
