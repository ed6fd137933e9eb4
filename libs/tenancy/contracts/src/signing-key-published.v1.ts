import { z } from 'zod';
import { accessEventsTopic } from './access-events-topic';

/** A public key (ES256) with which access tokens may be signed from now on. */
export const signingKeyPublishedV1 = {
  type: 'stockproof.tenancy.signing-key-published.v1',
  topic: accessEventsTopic,
  schema: z.object({
    keyId: z.string().min(1),
    publicJwk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
  }),
} as const;

export type SigningKeyPublishedV1 = z.infer<typeof signingKeyPublishedV1.schema>;
