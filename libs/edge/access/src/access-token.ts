import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type JWK } from 'jose';
import type { Clock } from '@stockproof/vocabulary';
import { v7 } from 'uuid';
import type { PublicJwk } from './access-directory';

const issuer = 'stockproof';
const audience = 'stockproof-api';
const type = 'at+jwt';

/** Short: what a token says is not asked again; who may do what is. */
export const accessTokenSeconds = 300;

/** A key pair for access tokens; the private half never leaves tenancy. */
export type SigningKey = { readonly keyId: string; readonly publicJwk: PublicJwk; readonly privateJwk: JWK };

/** Makes a new ES256 signing key. */
export const newSigningKey = async (): Promise<SigningKey> => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { x = '', y = '' } = await exportJWK(publicKey);
  return { keyId: v7(), publicJwk: { kty: 'EC', crv: 'P-256', x, y }, privateJwk: await exportJWK(privateKey) };
};

/** An access token for a person. */
export const signAccessToken = async (key: Pick<SigningKey, 'keyId' | 'privateJwk'>, userId: string, clock: Clock): Promise<string> => {
  const issuedAt = Math.floor(Date.parse(clock.now()) / 1_000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: key.keyId, typ: type })
    .setSubject(userId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + accessTokenSeconds)
    .setJti(v7())
    .sign(await importJWK(key.privateJwk, 'ES256'));
};

export type VerifiedToken =
  | { readonly is: 'genuine'; readonly userId: string; readonly expiresAt: number }
  | { readonly is: 'not genuine' }
  | { readonly is: 'signed by an unknown key' };

class UnknownSigningKey extends Error {}

/** Whether a token was signed by a known key and is still good. */
export const verifyAccessToken = async (
  token: string,
  keyOf: (keyId: string) => Promise<PublicJwk | null>,
  clock: Clock,
): Promise<VerifiedToken> => {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid = '' }) => {
        const jwk = await keyOf(kid);
        if (jwk === null) throw new UnknownSigningKey();
        return importJWK({ ...jwk }, 'ES256');
      },
      {
        algorithms: ['ES256'],
        issuer,
        audience,
        typ: type,
        requiredClaims: ['sub', 'exp', 'iat'],
        currentDate: new Date(clock.now()),
        clockTolerance: 5,
      },
    );
    return { is: 'genuine', userId: payload.sub ?? '', expiresAt: (payload.exp ?? 0) * 1_000 };
  } catch (error) {
    if (error instanceof UnknownSigningKey) return { is: 'signed by an unknown key' };
    if (isJoseError(error)) return { is: 'not genuine' };
    throw error;
  }
};

const isJoseError = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_J');
