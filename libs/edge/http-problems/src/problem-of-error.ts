import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { knownProblems } from './known-problems';
import { problem, type Problem } from './problem';
import { ProblemException } from './problem-exception';

const byStatus: Readonly<Record<number, Problem>> = {
  400: knownProblems.malformedRequest,
  404: knownProblems.notFound,
  413: knownProblems.bodyTooLarge,
  415: knownProblems.unsupportedMediaType,
};

const ofStatus = (status: number): Problem => {
  const title = STATUS_CODES[status] ?? 'Refused';
  return byStatus[status] ?? problem(status, title.toLowerCase().replaceAll(/[^a-z]+/g, '-'), title);
};

/** Whether an error is the world's: the database, the event store or the bus is away or busy, and the same may succeed later. */
export type IsTransient = (error: unknown) => boolean;

/** Tables of views carry their version. One that is not there is being built: there is nothing yet that could be answered. */
const isMissingView = (error: unknown): boolean => {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return (code === '42P01' || code === '42883') && /_v\d+\b/.test(String(message));
};

/** Any error as a problem. What we did not mean to say is not said: no message, name or stack of an unexpected error goes out. */
export const problemOfError = (error: unknown, isTransient: IsTransient = () => false): Problem => {
  if (error instanceof ProblemException) return error.problem;
  if (isMissingView(error)) return knownProblems.viewBeingBuilt;
  const status = error instanceof HttpException ? error.getStatus() : 500;
  if (status < 500) return ofStatus(status);
  return isTransient(error) ? knownProblems.storeUnavailable : knownProblems.internalError;
};
