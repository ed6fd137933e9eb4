import type { CommandContext } from '@stockproof/command-handling';

/** Jobs follow no request: what warehouses do is found by what they do it to. */
export const contextOfJob = (
  { accountId, organizationId }: { readonly accountId: string; readonly organizationId: string },
  about: string,
  commandId: string,
): CommandContext => ({
  commandId,
  correlationId: about,
  causationId: about,
  actor: 'service:purchasing',
  organizationId,
  accountId,
});
