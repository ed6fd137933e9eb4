import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { PersonalData, Sealed } from '@stockproof/personal-data';

/** The text of a file, piece by piece; asked again, from its beginning. */
export type Text = () => AsyncIterable<string>;

/**
 * What a file says, sealed under a subject of its own: it may hold what people wrote. Packed first, and so that no character needs
 * escaping: a value of the database holds the largest file whatever it is made of.
 */
export const sealContent = async (personalData: PersonalData, packed: Buffer): Promise<Sealed> =>
  personalData.seal(personalData.newSubject(), packed.toString('base64'));

/** The text again; `null` where its key is gone. */
export const openContent = async (personalData: PersonalData, content: Sealed): Promise<Text | null> => {
  const opened = await personalData.open(content);
  if (typeof opened !== 'string') return null;
  const packed = Buffer.from(opened, 'base64');
  return () => Readable.from([packed]).pipe(createGunzip()).setEncoding('utf8') as AsyncIterable<string>;
};
