import { z } from 'zod';
import { accessEventsTopic } from './access-events-topic';

/** A machine's key as everybody may know it: its hash and what it opens. */
export const apiKeyCreatedV1 = {
  type: 'stockproof.tenancy.api-key-created.v1',
  topic: accessEventsTopic,
  schema: z.object({
    keyId: z.string().min(1),
    /** SHA-256 of the whole key, hexadecimal. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    /** Permission names; what a reader does not know, it does not grant. */
    scopes: z.array(z.string()),
    organizationId: z.string(),
    /** `null`: reaches every account of the organization. */
    accountId: z.string().nullable(),
    expiresAt: z.string().nullable(),
    mode: z.enum(['live', 'test']),
  }),
} as const;

export type ApiKeyCreatedV1 = z.infer<typeof apiKeyCreatedV1.schema>;
