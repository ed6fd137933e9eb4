import { createHash } from 'node:crypto';
import type { Json } from '@stockproof/decider';
import type { PersonalData } from '@stockproof/personal-data';
import type { OfferedOrder, Sealed } from '@stockproof/sales-domain';

/** Whatever was received beside what was read from it; personal data, so it is kept sealed only. */
export type Content = { readonly original: Json; readonly order: OfferedOrder | null };

export const sealContent = (personalData: PersonalData, subjectId: string, { original, order }: Content): Promise<Sealed> =>
  personalData.seal(subjectId, { original, order });

/** `null` where the person was forgotten. */
export const openContent = async (personalData: PersonalData, sealed: Sealed): Promise<Content | null> =>
  (await personalData.open(sealed)) as Content | null;

/** The same for the same content, however its properties are ordered. */
export const digestOf = (content: unknown): string => createHash('sha256').update(canonical(content)).digest('hex');

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`;
};
