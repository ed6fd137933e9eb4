import type { ApiKeyCreatedV1, UserAccessChangedV1 } from '@stockproof/tenancy-contracts';
import type { Permission } from './permissions';

/** A person, and what the last word from tenancy allows them. */
export type UserPrincipal = { readonly kind: 'user'; readonly id: string; readonly access: UserAccessChangedV1 };

/** A machine, by its key. */
export type KeyPrincipal = {
  readonly kind: 'key';
  readonly id: string;
  readonly organizationId: string;
  readonly accountId: string | null;
  readonly mode: ApiKeyCreatedV1['mode'];
  readonly scopes: readonly Permission[];
};

export type Principal = UserPrincipal | KeyPrincipal;

/** `user:<id>` or `key:<id>`, as events carry it. */
export const actorOf = (principal: Principal): string => `${principal.kind}:${principal.id}`;
