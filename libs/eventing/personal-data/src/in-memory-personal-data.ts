import type { Clock } from '@stockproof/vocabulary';
import { personalDataWith, type PersonalDataWithLedger } from './personal-data-with';
import { newKey } from './sealing';
import type { Erasure, SubjectKeys } from './subject-keys';

export const inMemorySubjectKeys = (): SubjectKeys => {
  const keys = new Map<string, Buffer>();
  const ledger = new Map<string, Erasure>();
  return {
    find: async (subjectIds) => new Map(subjectIds.flatMap((id) => (keys.has(id) ? [[id, keys.get(id)!] as const] : []))),
    findOrCreate: async (subjectId, wrappedKey) => {
      if (ledger.has(subjectId)) return null;
      const standing = keys.get(subjectId) ?? wrappedKey;
      keys.set(subjectId, standing);
      return standing;
    },
    forget: async (erasures) => {
      for (const erasure of erasures) {
        if (!ledger.has(erasure.subjectId)) ledger.set(erasure.subjectId, erasure);
        keys.delete(erasure.subjectId);
      }
    },
    erasures: async () => [...ledger.values()],
  };
};

/** For tests: real encryption, keys that end with the process. */
export const inMemoryPersonalData = (clock: Clock = { now: () => new Date().toISOString() }): PersonalDataWithLedger =>
  personalDataWith(inMemorySubjectKeys(), newKey(), clock);
