import type { AccountId, Instant } from '@stockproof/vocabulary';
import type { Heard } from './heard';
import { NotHeardYet } from './not-heard-yet';

export type LookingUp<T> = {
  readonly heard: Heard;
  /** When what asks came in. */
  readonly at: Instant;
  readonly accountId: AccountId;
  readonly look: () => Promise<T>;
  /** What was looked for and not found; `null`: nothing of it. */
  readonly missing: (found: T) => string | null;
};

/** Looks something up so that what is still missing is missing for good. Throws `NotHeardYet` until all was heard that was said before. */
export const onceHeard = async <T>({ heard, at, accountId, look, missing }: LookingUp<T>): Promise<T> => {
  const found = await look();
  const about = missing(found);
  if (about === null) return found;
  if (!(await heard(at, accountId))) throw new NotHeardYet(about);
  // It may have been heard between the first look and the question.
  return look();
};
