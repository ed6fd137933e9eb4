import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { CommandContext } from '@stockproof/command-handling';
import { correlationOf } from '@stockproof/observability';
import { derivedId, type AccountId, type Clock, type Instant, type OrganizationId } from '@stockproof/vocabulary';
import type { FastifyRequest } from 'fastify';
import { v7 } from 'uuid';
import type { Permission } from './permissions';
import { actorOf, type Principal } from './principal';
import { madeAt, requestKeyOf } from './request-key';

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

type AnyCaller = Caller<AccountId | null>;

const callers = new WeakMap<object, AnyCaller>();
const firstReceipts = new WeakMap<object, Instant>();

/** Who makes this request; `undefined` on a public route. */
export const callerOf = (request: object): AnyCaller | undefined => callers.get(request);

/** Says when the request under this key was first received, where it is a repeat. */
export const noteFirstReceipt = (request: object, at: Instant): void => {
  firstReceipts.set(request, at);
};

const earlier = (one: Instant, other: Instant | null): Instant => (other !== null && other < one ? other : one);

/** The command id of a request: derived where it can come again under its key, else new. */
const commandIdOf = (request: FastifyRequest, actor: string): string => {
  const requestKey = requestKeyOf(request);
  return requestKey.is === 'given' ? derivedId('command', actor, requestKey.key, request.method, request.url.split('?')[0] ?? '') : v7();
};

type Admitted = {
  readonly principal: Principal;
  readonly organizationId: OrganizationId;
  readonly accountId: AccountId | null;
  readonly permissions: ReadonlySet<Permission>;
};

/** Attaches its caller to a request; the guard does, once it has let it in. */
export const admit = (request: FastifyRequest, admitted: Admitted, clock: Clock): void => {
  const actor = actorOf(admitted.principal);
  const commandId = commandIdOf(request, actor);
  const requestKey = requestKeyOf(request);
  const keyMadeAt = requestKey.is === 'given' ? madeAt(requestKey.key) : null;
  const context = (seed?: string): CommandContext => {
    const { correlationId, traceparent } = correlationOf(request);
    const id = seed === undefined ? commandId : derivedId(commandId, seed);
    const { organizationId, accountId } = admitted;
    const issuedAt = earlier(firstReceipts.get(request) ?? clock.now(), keyMadeAt);
    return { commandId: id, correlationId, causationId: id, actor, organizationId, accountId, traceparent, issuedAt };
  };
  callers.set(request, { ...admitted, context });
};

/** Parameter decorator: who asks. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<object>()),
);
