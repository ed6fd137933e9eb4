import { knownProblems, ProblemException } from '@stockproof/http-problems';

/**
 * Something is looked up that others have said for certain and that has not come here yet. Deciding without it would be guessing: a
 * request is told to come again, a message or a job is tried again for as long as it takes.
 */
export class NotHeardYet extends ProblemException {
  constructor(about: string) {
    super({ ...knownProblems.notHeardYet, detail: about, hearsay: true });
  }
}
