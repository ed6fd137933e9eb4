import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { JsonObject } from '@stockproof/decider';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const prefix = 'scc1.';

/** A channel's secrets on their way through events and topics. */
export type ChannelCredentials = {
  /** Readable only with the same master key and for the same channel. */
  readonly seal: (channelId: string, credentials: JsonObject) => string;
  /** Throws where the text was sealed with another key, for another channel, or was changed. */
  readonly open: (channelId: string, sealed: string) => JsonObject;
};

/** Seals and opens with a key of its own, derived from the installation's master key (32 bytes). */
export const channelCredentials = (masterKey: Uint8Array): ChannelCredentials => {
  const key = Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(), 'stockproof channel credentials', 32));
  return {
    seal: (channelId, credentials) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(channelId));
      const body = Buffer.concat([cipher.update(JSON.stringify(credentials), 'utf8'), cipher.final()]);
      return prefix + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open: (channelId, sealed) => {
      if (!sealed.startsWith(prefix)) throw new TypeError(`Sealed credentials begin with ${prefix}`);
      const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url');
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(channelId)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
      return JSON.parse(text) as JsonObject;
    },
  };
};
