import { createHash } from 'node:crypto';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { knownProblems, ProblemException } from '@stockproof/http-problems';
import { msBetween, type Clock } from '@stockproof/vocabulary';
import type { FastifyRequest } from 'fastify';
import { validate } from 'uuid';
import type { AccessDirectory } from './access-directory';
import { accessProblems } from './access-problems';
import { Authentication } from './authentication';
import { authorize, type Admission, type NamedPlace } from './authorization';
import { admit } from './caller';
import type { KeyUses } from './key-uses';
import { Patience } from './patience';
import type { Principal } from './principal';
import type { RememberingDirectory } from './remembering-directory';
import { requirementKey, type Requirement } from './requires';
import { notYet, type Verdict } from './verdict';

export type AccessGuardOptions = {
  readonly directory: RememberingDirectory;
  readonly clock: Clock;
  readonly staleAfterMs: number;
  readonly unknownWaitMs: number;
  readonly keyUses: KeyUses;
};

type Admitted = Admission & { readonly principal: Principal };

/** Lets in who may: fails closed where an operation does not say what it needs. */
export class AccessGuard implements CanActivate {
  private readonly authentication: Authentication;
  private readonly patience: Patience;

  constructor(private readonly options: AccessGuardOptions) {
    this.authentication = new Authentication(options.clock);
    this.patience = new Patience(options.unknownWaitMs);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const requirement = requirementOf(context);
    if (requirement.kind !== 'public') await this.letIn(context.switchToHttp().getRequest<FastifyRequest>(), requirement);
    return true;
  }

  private async letIn(request: FastifyRequest, requirement: Requirement): Promise<void> {
    const named = placeNamedBy(request);
    const { known, fresh } = this.options.directory;
    const arrivedAt = this.options.clock.now();
    const verdict = await this.patience.await(
      askedIn(request, named),
      (news) => this.judge(request, named, requirement, news ? fresh : known),
      { heard: async () => ((await fresh.readToEndAt()) ?? '') >= arrivedAt, unheard: accessProblems.accessUnknown },
    );
    if (verdict.is === 'no') throw new ProblemException(verdict.problem);
    const { principal, place, permissions } = verdict.value;
    if (principal.kind === 'key') this.options.keyUses.note(principal.id);
    admit(request, { principal, permissions, organizationId: place.organizationId ?? '', accountId: place.accountId }, this.options.clock);
  }

  private async judge(
    request: FastifyRequest,
    named: NamedPlace,
    requirement: Requirement,
    directory: AccessDirectory,
  ): Promise<Verdict<Admitted>> {
    const principal = await this.authentication.principal(request.headers.authorization, directory);
    // A stale copy may still know what was revoked; nobody but who shows a credential learns that it is stale.
    if (request.headers.authorization !== undefined && !(await this.isRecent(directory))) return notYet(accessProblems.accessUnknown);
    if (principal.is === 'no') return principal;
    const admission = await authorize(principal.value, named, requirement, directory);
    return admission.is === 'no' ? admission : { is: 'yes', value: { ...admission.value, principal: principal.value } };
  }

  private async isRecent(directory: AccessDirectory): Promise<boolean> {
    const readToEndAt = await directory.readToEndAt();
    return readToEndAt !== null && msBetween(readToEndAt, this.options.clock.now()) <= this.options.staleAfterMs;
  }
}

const requirementOf = (context: ExecutionContext): Requirement => {
  const requirement = Reflect.getMetadata(requirementKey, context.getHandler()) as Requirement | undefined;
  if (requirement === undefined) throw new Error(`${context.getClass().name}.${context.getHandler().name} does not say who may call it`);
  return requirement;
};

const placeNamedBy = (request: FastifyRequest): NamedPlace => {
  const { organizationId, accountId } = request.params as Partial<Record<string, string>>;
  if ([organizationId, accountId].some((id) => id !== undefined && !validate(id))) throw new ProblemException(knownProblems.notFound);
  return { organizationId: organizationId?.toLowerCase(), accountId: accountId?.toLowerCase() };
};

const askedIn = (request: FastifyRequest, { organizationId, accountId }: NamedPlace): string =>
  createHash('sha256')
    .update(JSON.stringify([request.headers.authorization, organizationId, accountId]))
    .digest('base64url');
