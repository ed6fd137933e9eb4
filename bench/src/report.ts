import type { CaseResult, Measurement } from './bench-case';
import type { Machine } from './machine';

/** One case's part of the results. */
export type CaseReport = CaseResult & { readonly name: string; readonly title: string };
export type Report = {
  readonly at: string;
  readonly commit: string;
  readonly effort: string;
  readonly machine: Machine;
  readonly cases: readonly CaseReport[];
};

/** Whether all that was measured was also right; aims that were not reached are no failure. */
export const isRight = ({ cases }: Report): boolean =>
  cases.every(({ checks }) => checks.length > 0 && checks.every(({ passed }) => passed));

/** The results as Markdown, to be read and pasted. */
export const markdownOf = (report: Report): string => [...heading(report), ...report.cases.flatMap(caseLines)].join('\n');

const heading = ({ at, commit, effort, machine }: Report): readonly string[] => {
  const settings = Object.entries(machine.postgresSettings).map(([name, value]) => `${name}=${value}`);
  return [
    '# Benchmarks',
    '',
    `${at}, commit ${commit}; ${effort}. ${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}; Node ${machine.node}; Postgres ${machine.postgres} (${settings.join(', ')}); one commit takes ${machine.commitMs.toFixed(2)} ms. Client and server share the machine.`,
    '',
  ];
};

const caseLines = ({ title, measurements, aims, checks, notes = [] }: CaseReport): readonly string[] => [
  `## ${title}`,
  '',
  '| | callers | per second | lowest – highest run | p50 ms | p95 ms | p99 ms |',
  '|---|---:|---:|---:|---:|---:|---:|',
  ...measurements.map(row),
  '',
  ...aims.map(
    ({ name, atLeast, measured }) =>
      `- Aim: ${name} ≥ ${atLeast} – measured ${measured.toFixed(2)}, ${measured >= atLeast ? 'reached' : 'not reached'}.`,
  ),
  ...checks.map(({ name, passed, found }) => `- ${passed ? 'Right' : '**WRONG**'}: ${name} (${found}).`),
  ...notes.map((note) => `- ${note}`),
  '',
];

const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** A measurement of many things together has no latency; on its way from the case's process that became null. */
const milliseconds = (ms: number): string => (Number.isFinite(ms) ? ms.toFixed(2) : '–');

const row = ({ name, callers, median, runs }: Measurement): string => {
  const speeds = runs.map(({ perSecond }) => perSecond);
  const cells = [name, String(callers), whole(median.perSecond), `${whole(Math.min(...speeds))} – ${whole(Math.max(...speeds))}`];
  return `| ${[...cells, ...[median.p50Ms, median.p95Ms, median.p99Ms].map(milliseconds)].join(' | ')} |`;
};
