import { isRight } from './checking/check';
import type { History } from './run/history';

/** What was done and what came of it, a line for each promise. */
export const tableOf = ({ verdicts, operations, outcomes, kills, seconds, folder }: History): readonly string[] => [
  '',
  `${operations} operations in ${seconds.toFixed(0)} s, ${kills} processes killed`,
  Object.entries(outcomes)
    .map(([name, count]) => `${name} ${count}`)
    .join(', '),
  '',
  ...verdicts.flatMap((verdict) => [
    `${isRight(verdict) ? 'holds ' : 'BROKEN'}  ${String(verdict.looked).padStart(8)} looked at${isRight(verdict) ? '' : `, ${verdict.wrong} wrong`}  ${verdict.name}`,
    ...verdict.examples.map((example) => `          ${example}`),
  ]),
  ...(folder === null ? [] : ['', `everything that was said and written is in ${folder}`]),
];
