import { problem } from '@stockproof/http-problems';

export const unknownRuleVersion = problem(422, 'unknown-rule-version', 'No such version of the allocation rule was released');

export const nothingRecorded = problem(409, 'nothing-recorded', 'The order waits: nothing was planned on what it saw', {
  detail: 'Ask against the stock as it stands now.',
});

export const movedByHand = problem(409, 'moved-by-hand', 'A person moved this hold: no rule decided', {
  detail: 'Name an earlier plan, or ask against the stock as it stands now.',
});

export const noPeriod = problem(422, 'no-period', 'A period begins before it ends, and ends by now');
