import { problem, type ProblemMap } from '@stockproof/http-problems';
import type { UserRejection } from '@stockproof/tenancy-domain';

export const notAPerson = problem(403, 'not-a-person', 'Only a person has a profile and a password');
export const wrongPassword = problem(403, 'wrong-password', 'The current password is another one');

export const stillActive = problem(409, 'user-still-active', 'Only a person who was locked out can be forgotten');

export const userProblems: ProblemMap<UserRejection> = {
  UserAlreadyRegistered: problem(409, 'user-already-there', 'The user belongs to it already'),
  UserNotRegistered: problem(404, 'not-found', 'There is nothing here'),
  UserForgotten: problem(404, 'not-found', 'There is nothing here'),
  SealedForAnother: problem(409, 'concurrent-modification', 'It was changed by others at the same time', { retryable: true }),
};
