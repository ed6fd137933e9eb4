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
