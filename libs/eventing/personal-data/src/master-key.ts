/**
 * The 32 bytes of `STOCKPROOF_KEY`: 64 hexadecimal digits, or base64 (also URL-safe). Throws on anything else.
 */
export const masterKeyFrom = (text: string): Buffer => {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64url');
  if (key.length !== 32) throw new Error('The master key must be 32 bytes: 64 hexadecimal digits, or 43 characters of base64');
  return key;
};
