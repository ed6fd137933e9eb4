import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { CommandContext } from '@stockproof/command-handling';
import type { AccountId, OrganizationId } from '@stockproof/vocabulary';
import type { Permission } from './permissions';
import type { Principal } from './principal';

/** Who asks, and in which tenant. Under `/accounts/:accountId/…` the account is there; elsewhere write `Caller<null>`. */
export type Caller<Account extends AccountId | null = AccountId> = {
  readonly principal: Principal;
  /** The path's organization, or that of its account, or the principal's own; empty for an installation administrator, who has none. */
  readonly organizationId: OrganizationId;
  readonly accountId: Account;
  /** What the principal may do here. */
  readonly permissions: ReadonlySet<Permission>;
  /**
   * Context for a command. The same request repeated under its `Idempotency-Key` gives the same command id. Several commands of one
   * request tell themselves apart by a seed.
   */
  readonly context: (seed?: string) => CommandContext;
};

const callers = new WeakMap<object, Caller<AccountId | null>>();

/** Set by the guard. */
export const setCaller = (request: object, caller: Caller<AccountId | null>): void => {
  callers.set(request, caller);
};

/** Who makes this request; `undefined` on a public route. */
export const callerOf = (request: object): Caller<AccountId | null> | undefined => callers.get(request);

/** Parameter decorator: who asks. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => callerOf(context.switchToHttp().getRequest<object>()));
