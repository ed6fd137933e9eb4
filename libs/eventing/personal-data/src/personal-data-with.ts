import { randomUUID } from 'node:crypto';
import type { Json } from '@stockproof/decider';
import type { Clock } from '@stockproof/vocabulary';
import { keyCache } from './key-cache';
import type { PersonalData, Sealed } from './personal-data';
import { decrypt, encrypt, fromText, newKey, toText } from './sealing';
import type { Erasure, SubjectKeys } from './subject-keys';

/** `PersonalData` and the erasure ledger: what an operator copies outside the backups and replays after a restore. */
export type PersonalDataWithLedger = PersonalData & {
  /** Everybody who was ever forgotten. */
  readonly erasures: () => Promise<readonly Erasure[]>;
  /** Forgets again whoever an older backup brought back. May be repeated. */
  readonly replayLedger: (entries: readonly Erasure[]) => Promise<void>;
};

/** The person was forgotten: nothing more may be kept under this subject. */
export class PersonWasForgotten extends Error {
  override readonly name = 'PersonWasForgotten';
  constructor(readonly subjectId: string) {
    super(`The subject ${subjectId} was forgotten`);
  }
}

const boundToKeyOf = (subjectId: string): string => `stockproof/personal-key/${subjectId}`;
const boundToDataOf = (subjectId: string): string => `stockproof/personal-data/${subjectId}`;

const unseal = (sealed: Sealed, key: Buffer | undefined): Json | null =>
  key ? (JSON.parse(decrypt(key, fromText(sealed.sealed), boundToDataOf(sealed.subjectId)).toString()) as Json) : null;

export const personalDataWith = (keys: SubjectKeys, masterKey: Buffer, clock: Clock): PersonalDataWithLedger => {
  const cache = keyCache(clock);

  const unwrap = (subjectId: string, wrapped: Buffer): Buffer => {
    const key = decrypt(masterKey, wrapped, boundToKeyOf(subjectId));
    cache.set(subjectId, key);
    return key;
  };
  const keyToSeal = async (subjectId: string): Promise<Buffer> => {
    const cached = cache.get(subjectId);
    if (cached) return cached;
    const wrapped = await keys.findOrCreate(subjectId, encrypt(masterKey, newKey(), boundToKeyOf(subjectId)), clock.now());
    if (!wrapped) throw new PersonWasForgotten(subjectId);
    return unwrap(subjectId, wrapped);
  };
  const keysToOpen = async (subjectIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>> => {
    const found = new Map<string, Buffer>();
    const missing = new Set<string>();
    for (const subjectId of subjectIds) {
      const cached = cache.get(subjectId);
      if (cached) found.set(subjectId, cached);
      else missing.add(subjectId);
    }
    // A missing key is asked for each time: a person who is new elsewhere must not look forgotten here.
    if (missing.size > 0)
      for (const [subjectId, wrapped] of await keys.find([...missing])) found.set(subjectId, unwrap(subjectId, wrapped));
    return found;
  };
  const openMany = async (sealed: readonly Sealed[]): Promise<readonly (Json | null)[]> => {
    const found = await keysToOpen(sealed.map(({ subjectId }) => subjectId));
    return sealed.map((one) => unseal(one, found.get(one.subjectId)));
  };
  const forgetAll = async (erasures: readonly Erasure[]): Promise<void> => {
    await keys.forget(erasures);
    for (const { subjectId } of erasures) cache.delete(subjectId);
  };

  return {
    newSubject: () => randomUUID(),
    seal: async (subjectId, plain) => {
      const key = await keyToSeal(subjectId);
      return { subjectId, sealed: toText(encrypt(key, Buffer.from(JSON.stringify(plain)), boundToDataOf(subjectId))) };
    },
    open: async (sealed) => (await openMany([sealed]))[0] ?? null,
    openMany,
    forget: (subjectId) => forgetAll([{ subjectId, forgottenAt: clock.now() }]),
    erasures: keys.erasures,
    replayLedger: forgetAll,
  };
};
