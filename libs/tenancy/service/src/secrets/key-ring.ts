import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** What tenancy does with the master key, each under a key of its own. */
export type KeyRing = {
  /** The same for spellings that reach one mailbox: trimmed, any case. Says nothing without the key. */
  readonly signInNameIndex: (signInName: string) => Buffer;
  readonly sealPrivateKey: (keyId: string, plain: string) => string;
  readonly openPrivateKey: (keyId: string, sealed: string) => string;
};

/** Keys of their own, derived from the installation's master key (32 bytes). */
export const keyRing = (masterKey: Uint8Array): KeyRing => {
  const derived = (purpose: string) => Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(), `stockproof tenancy ${purpose}`, 32));
  const names = derived('sign-in names');
  const signing = derived('signing keys');
  return {
    signInNameIndex: (signInName) => createHmac('sha256', names).update(signInName.normalize('NFKC').trim().toLowerCase()).digest(),
    sealPrivateKey: (keyId, plain) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, signing, nonce).setAAD(Buffer.from(keyId));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    openPrivateKey: (keyId, sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(algorithm, signing, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(keyId)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
    },
  };
};
