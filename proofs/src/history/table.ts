import { countLine, verdictLines } from '../checking/table';
import type { History } from './run/history';

/** What was done and what came of it, a line for each promise. */
export const tableOf = ({ verdicts, operations, outcomes, kills, seconds, folder }: History): readonly string[] => [
  '',
  `${operations} operations in ${seconds.toFixed(0)} s, ${kills} processes killed`,
  countLine(outcomes),
  '',
  ...verdictLines(verdicts),
  ...(folder === null ? [] : ['', `everything that was said and written is in ${folder}`]),
];
