import { readLag, type ServiceLag } from '@stockproof/operations';
import { z } from 'zod';
import { command } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { someServices, timeout } from '../command-line/values';
import { withServices } from '../desk';
import { behind, duration, place } from '../printing/amounts';
import { table } from '../printing/table';

export const lag = command({
  path: 'lag',
  summary: 'how far views, publishers and consumers are behind; parked keys; jobs',
  description:
    'Reads the database, the event store and the bus: it works whether services run or not, and moves nothing. Views and publishers are behind\n' +
    'by events of their own log, consumers by messages of a topic; seconds are the age of the oldest of them.\n' +
    'Exit code 1: a view stands still, a key is parked, a job fails, or with --max something is further behind than that.',
  arguments: [['service', 'one service, or all (all)']],
  options: [['--max <seconds>', 'how far something may be behind before it counts as wrong']],
  examples: ['lag', 'lag stock', 'lag --max 60 --json'],
  values: z.object({ service: someServices, max: timeout(3_600).optional() }),
  run: async ({ service, max }, desk) => {
    const all = await withServices(desk, service, readLag);
    const wrong = all.flatMap((each) => wrongOf(each, max ?? Number.POSITIVE_INFINITY));
    return {
      code: wrong.length === 0 ? exitCodes.ok : exitCodes.wrong,
      lines: [
        ...all.flatMap(linesOf),
        ...(wrong.length === 0 ? ['Nothing is wrong.'] : ['What is wrong:', ...wrong.map((each) => `  ${each}`)]),
      ],
      json: { ok: wrong.length === 0, wrong, services: all },
    };
  },
});

const linesOf = ({ service, head, views, publisher, consumers, parked, jobs }: ServiceLag): readonly string[] => {
  const parts: readonly (readonly string[])[] = [
    table(
      ['  VIEW', 'POSITION', 'BEHIND', 'STATE'],
      views.map((each) => [
        `  ${each.view} v${each.version}`,
        place(each.position),
        behind(each.behind),
        each.lastError ?? (each.building === null ? 'ok' : `ok; being rebuilt, at ${place(each.building)}`),
      ]),
    ),
    [
      `  Publisher at ${place(publisher.position)}, behind ${behind(publisher.behind)}; ${publisher.held ? 'a process publishes' : 'nobody publishes now'}`,
    ],
    table(
      ['  CONSUMER GROUP', 'TOPIC', 'MESSAGES', 'OLDEST'],
      consumers.map(({ group, topic, messages, seconds }) => [`  ${group}`, topic, messages, duration(seconds)]),
    ),
    table(
      ['  PARKED', 'KEYS', 'MESSAGES', 'OLDEST'],
      parked.map(({ group, keys, events, oldestSeconds }) => [`  ${group}`, keys, events, duration(oldestSeconds)]),
    ),
    table(
      ['  JOB', 'HOW MANY', 'LAST RUN', 'NEXT RUN', 'FAILING', 'ERROR'],
      jobs.map(({ kind, jobs: count, lastRunAt, nextRunAt, failing, lastError }) => [
        `  ${kind}`,
        count,
        lastRunAt,
        nextRunAt,
        failing,
        lastError,
      ]),
    ),
  ];
  return [`${service}: log at ${place(head)}`, ...parts.filter((part) => part.length > 0).flatMap((part) => [...part, ''])];
};

/** What somebody should look at. */
export const wrongOf = ({ service, views, publisher, consumers, parked, jobs }: ServiceLag, maxMs: number): readonly string[] => {
  const late = (seconds: number): boolean => seconds * 1_000 > maxMs;
  return [
    ...views.filter(({ lastError }) => lastError !== null).map(({ view, lastError }) => `${service}: ${view} stands still: ${lastError}`),
    ...views.filter((each) => late(each.behind.seconds)).map((each) => `${service}: ${each.view} is behind by ${behind(each.behind)}`),
    ...(late(publisher.behind.seconds) ? [`${service}: others were not told of ${behind(publisher.behind)}`] : []),
    ...consumers.filter(({ seconds }) => late(seconds)).map((each) => `${each.group} is ${duration(each.seconds)} behind on ${each.topic}`),
    ...parked.map(({ group, keys }) => `${group} has parked ${keys} key${keys === 1 ? '' : 's'}: see parked list ${service}`),
    ...jobs
      .filter(({ failing }) => failing > 0)
      .map(({ kind, failing, lastError }) => `${service}: ${failing} of ${kind} failed: ${lastError}`),
  ];
};
