import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const prefix = 'spd1.';

/** The key does not fit, the bytes were changed, or they belong to somebody else. Never means "forgotten". */
export class CannotUnseal extends Error {
  override readonly name = 'CannotUnseal';
}

/** A random 256-bit key. */
export const newKey = (): Buffer => randomBytes(32);

/** Encrypts with AES-256-GCM; only readable with the same key and the same `boundTo`. */
export const encrypt = (key: Buffer, plain: Buffer, boundTo: string): Buffer => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
};

/** The reverse of `encrypt`; throws `CannotUnseal`. */
export const decrypt = (key: Buffer, sealed: Buffer, boundTo: string): Buffer => {
  if (sealed.length < nonceBytes + tagBytes) throw new CannotUnseal('The sealed data are too short');
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(boundTo)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const body = decipher.update(sealed.subarray(nonceBytes + tagBytes));
  try {
    return Buffer.concat([body, decipher.final()]);
  } catch (error) {
    throw new CannotUnseal('The key does not fit the sealed data', { cause: error });
  }
};

/** The text form in which ciphertext stands in events and views. */
export const toText = (sealed: Buffer): string => prefix + sealed.toString('base64url');

/** The bytes of the text form; throws `CannotUnseal` on any other text. */
export const fromText = (text: string): Buffer => {
  if (!text.startsWith(prefix)) throw new CannotUnseal(`Sealed data begin with ${prefix}`);
  return Buffer.from(text.slice(prefix.length), 'base64url');
};
