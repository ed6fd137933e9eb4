import { z } from 'zod';
import { accessEventsTopic } from './access-events-topic';

/** The key opens nothing any more, for ever. */
export const apiKeyRevokedV1 = {
  type: 'stockproof.tenancy.api-key-revoked.v1',
  topic: accessEventsTopic,
  schema: z.object({ keyId: z.string().min(1) }),
} as const;

export type ApiKeyRevokedV1 = z.infer<typeof apiKeyRevokedV1.schema>;
