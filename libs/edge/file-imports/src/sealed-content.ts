import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { PersonalData, Sealed } from '@stockproof/personal-data';
import { fileLimitBytes } from './receiving/file-body';

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/**
 * What a file says, sealed under a subject of its own: it may hold what people wrote. Packed first, and so that no character needs
 * escaping: a value of the database holds the largest file whatever it is made of.
 */
export const sealContent = async (personalData: PersonalData, text: string): Promise<Sealed> =>
  personalData.seal(personalData.newSubject(), (await pack(Buffer.from(text))).toString('base64'));

/** The text again; `null` where its key is gone. */
export const openContent = async (personalData: PersonalData, content: Sealed): Promise<string | null> => {
  const opened = await personalData.open(content);
  if (typeof opened !== 'string') return null;
  return (await unpack(Buffer.from(opened, 'base64'), { maxOutputLength: fileLimitBytes })).toString('utf8');
};
