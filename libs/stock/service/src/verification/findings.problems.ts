import { problem } from '@stockproof/http-problems';

/** It is no more: there is nothing to repair. */
export const findingHealed = problem(409, 'finding-healed', 'What was found is no longer so');

/** What can be repaired is no matter of opinion. */
export const repairable = problem(422, 'can-be-repaired', 'This can be repaired: have it repaired');

/** No rule says what would be right. */
export const notRepairable = problem(422, 'left-to-a-person', 'Only a person can decide what is to be done about this');
