import type { Problem } from './problem';

/** Ends a request with a problem. Thrown only at the edge: inside, a refusal is a value. */
export class ProblemException extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`);
  }
}
