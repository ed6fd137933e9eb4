import { accessTokenSeconds, newSigningKey, signAccessToken, verifyAccessToken } from './access-token';
import { hashApiKey, isApiKey, newApiKey } from './api-key';
import { hashPassword, verifyPassword } from './passwords';
import { madeAt, requestKeyOf } from './request-key';

const at = (now: string) => ({ now: () => now });
const noon = at('2026-06-01T12:00:00.000Z');

describe('an API key', () => {
  it('says its mode, has a checksum, and is kept as a hash', () => {
    const { key, hash } = newApiKey('live');
    expect(key).toMatch(/^spf_live_[0-9A-Za-z]{38}$/);
    expect(isApiKey(key)).toBe(true);
    expect(hashApiKey(key)).toBe(hash);
    expect(newApiKey('test').key).not.toBe(newApiKey('test').key);
  });

  it('is told from a typo by its checksum', () => {
    const { key } = newApiKey('test');
    const last = key.at(-8) === 'a' ? 'b' : 'a';
    for (const wrong of [
      key.slice(0, -1),
      `${key}0`,
      key.replace('test', 'live'),
      `${key.slice(0, -8)}${last}${key.slice(-7)}`,
      key.toUpperCase(),
    ])
      expect(isApiKey(wrong)).toBe(false);
  });
});

describe('a password', () => {
  it('is verified against its own hash only, each salted anew', async () => {
    const hash = await hashPassword('Grüße, correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword('Grüße, correct horse', hash)).toBe(true);
    expect(await verifyPassword('Gru\u0308ße, correct horse', hash)).toBe(true);
    expect(await verifyPassword('grüße, correct horse', hash)).toBe(false);
    expect(await hashPassword('Grüße, correct horse')).not.toBe(hash);
  });

  it('of nobody, or with a broken hash, is refused', async () => {
    expect(await verifyPassword('x', null)).toBe(false);
    expect(await verifyPassword('x', '$argon2id$v=19$m=1')).toBe(false);
  });

  it('is verified at the cost that its hash names', async () => {
    const { argon2Sync } = await import('node:crypto');
    const tag = argon2Sync('argon2id', {
      message: 'hunter2',
      nonce: Buffer.from('somesaltsomesalt'),
      memory: 8_192,
      passes: 3,
      parallelism: 2,
      tagLength: 32,
    });
    const phc = `$argon2id$v=19$m=8192,t=3,p=2$${Buffer.from('somesaltsomesalt').toString('base64').replaceAll('=', '')}$${tag.toString('base64').replaceAll('=', '')}`;
    expect(await verifyPassword('hunter2', phc)).toBe(true);
  });
});

describe('an access token', () => {
  it('is genuine under its key, for five minutes', async () => {
    const key = await newSigningKey();
    const token = await signAccessToken(key, 'u1', noon);
    const keyOf = async (keyId: string) => (keyId === key.keyId ? key.publicJwk : null);
    expect(await verifyAccessToken(token, keyOf, noon)).toMatchObject({ is: 'genuine', userId: 'u1' });
    expect(await verifyAccessToken(token, keyOf, at('2026-06-01T12:04:59.000Z'))).toMatchObject({ is: 'genuine' });
    expect(await verifyAccessToken(token, keyOf, at(`2026-06-01T12:05:10.000Z`))).toEqual({ is: 'not genuine' });
    expect(accessTokenSeconds).toBe(300);
  });

  it('is nothing under another key, changed, or unsigned', async () => {
    const [key, other] = [await newSigningKey(), await newSigningKey()];
    const token = await signAccessToken(key, 'u1', noon);
    const [header, payload, signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload!, 'base64url').toString()), sub: 'u2' })).toString(
      'base64url',
    );
    const none = Buffer.from(JSON.stringify({ alg: 'none', kid: key.keyId, typ: 'at+jwt' })).toString('base64url');
    for (const [text, keyOf] of [
      [token, other.publicJwk],
      [`${header}.${forged}.${signature}`, key.publicJwk],
      [`${none}.${payload}.`, key.publicJwk],
      ['nonsense', key.publicJwk],
    ] as const)
      expect(await verifyAccessToken(text, async () => keyOf, noon)).toEqual({ is: 'not genuine' });
  });

  it('signed by a key never heard of may become genuine', async () => {
    expect(await verifyAccessToken(await signAccessToken(await newSigningKey(), 'u1', noon), async () => null, noon)).toEqual({
      is: 'signed by an unknown key',
    });
  });
});

describe('a request key', () => {
  const of = (header: string | undefined) => requestKeyOf({ headers: { 'idempotency-key': header } });

  it('is visible ASCII, in quotation marks or not', () => {
    expect(of('order-7')).toEqual({ is: 'given', key: 'order-7' });
    expect(of('"order-7"')).toEqual({ is: 'given', key: 'order-7' });
    expect(of(undefined)).toEqual({ is: 'missing' });
    for (const wrong of ['', 'a b', 'ä', '"a', 'x'.repeat(256)]) expect(of(wrong)).toEqual({ is: 'malformed' });
  });

  it('tells when it was made, if it is a UUIDv7', () => {
    expect(madeAt('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe('2022-02-22T19:22:22.000Z');
    expect(madeAt('0b9cf1d6-8c0f-4c38-8a44-60b3c8ad7b79')).toBeNull();
    expect(madeAt('order-7')).toBeNull();
  });
});
