import type { AnyEvent } from '@stockproof/decider';
import type { Handled, HandlingRejection } from '@stockproof/command-handling';
import type { FastifyReply } from 'fastify';
import { knownProblems } from './known-problems';
import type { Problem, ProblemMap } from './problem';
import { ProblemException } from './problem-exception';
import { positionToken } from './position-token';

const handlingProblems: ProblemMap<HandlingRejection> = {
  ConcurrentModification: knownProblems.concurrentModification,
  CommandTooOld: knownProblems.commandTooOld,
  RevisionMismatch: ({ actualRevision }) => ({ ...knownProblems.preconditionFailed, detail: `It stands at "${actualRevision}".` }),
  NotStorable: ({ reason }) => ({ ...knownProblems.notStorable, detail: reason }),
};

type AnyProblemMap = Readonly<Record<string, Problem | ((rejection: never) => Problem) | undefined>>;

/** The problem of a rejection, the decider's own map first. */
export const problemOf = <R extends { readonly type: string }>(rejection: R | HandlingRejection, problems: ProblemMap<R>): Problem => {
  const all: AnyProblemMap = { ...handlingProblems, ...problems };
  const found = all[rejection.type];
  if (found === undefined) return knownProblems.internalError;
  return typeof found === 'function' ? found(rejection as never) : found;
};

/** What a command led to, as long as it was not refused. */
export type Accepted<E extends AnyEvent> = Extract<Handled<E, never>, { readonly outcome: 'accepted' }>;

/**
 * Turns what became of a command into the answer: sets `ETag` and `Stockproof-Position` and returns the acceptance, or throws the
 * problem of its rejection.
 */
export const answer = <E extends AnyEvent, R extends { readonly type: string }>(
  handled: Handled<E, R>,
  problems: ProblemMap<R>,
  reply: FastifyReply,
): Accepted<E> => {
  if (handled.outcome === 'rejected') throw new ProblemException(problemOf<R>(handled.rejection, problems));
  setRevision(reply, handled.revision);
  reply.header('stockproof-position', positionToken(reply.server.stockproofService, handled.position));
  return handled;
};

/** Says at which revision the answer shows the thing: `If-Match` takes it. */
export const setRevision = (reply: FastifyReply, revision: number): void => {
  reply.header('etag', `"${revision}"`);
};
