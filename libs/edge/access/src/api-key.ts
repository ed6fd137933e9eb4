import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^32: 190 bits. */
const randomLength = 32;
const checksumLength = 6;
const shape = /^spf_(live|test)_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

const checksumOf = (text: string): string => {
  let rest = crc32(text);
  return Array.from({ length: checksumLength }, () => {
    const letter = alphabet.charAt(rest % alphabet.length);
    rest = Math.floor(rest / alphabet.length);
    return letter;
  }).join('');
};

/** What is kept of a key: SHA-256, hexadecimal. Its randomness needs no salt. */
export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** A new key: the whole is shown once, only the hash is kept. */
export const newApiKey = (mode: 'live' | 'test'): { readonly key: string; readonly hash: string } => {
  const start = `spf_${mode}_${Array.from({ length: randomLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('')}`;
  const key = `${start}${checksumOf(start)}`;
  return { key, hash: hashApiKey(key) };
};

/** Whether a text can be a key at all: a typo or a guess is refused by its checksum, before anything is looked up. */
export const isApiKey = (text: string): boolean => {
  const [, , , checksum] = shape.exec(text) ?? [];
  return checksum !== undefined && checksumOf(text.slice(0, -checksumLength)) === checksum;
};
