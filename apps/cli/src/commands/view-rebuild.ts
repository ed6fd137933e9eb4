import { rebuildView, type ViewRebuilt } from '@stockproof/operations';
import { z } from 'zod';
import { command } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { CommandFailed } from '../command-line/failures';
import { flag, service, text } from '../command-line/values';
import { toldRarely, withService } from '../desk';
import { place } from '../printing/amounts';
import { table } from '../printing/table';
import { serviceNamed } from '../services';

export const viewRebuild = command({
  path: 'view rebuild',
  summary: 'build a view anew from the log beside the one that serves, compare, switch',
  description:
    'Reads the whole log into new tables while the view serves on, stops it for a moment where both stand at the same place, compares all\n' +
    'rows, and lets the new tables take its place. Safe beside running services, which notice nothing; a view that stood still because of an\n' +
    'error goes on within seconds. Differences are told (exit code 1): a view is a function of the log, so the old rows were wrong, or the code\n' +
    'has changed. Ctrl-C before the switch leaves everything as it was. So does a crash: what it left is cleared away by the next rebuild of the\n' +
    'view, which may begin a minute later. Two rebuilds of one view at once: the second is refused.',
  arguments: [
    ['service', 'whose view it is'],
    ['view', 'its name, as view list shows it'],
  ],
  options: [['--compare-only', 'build and compare, then throw the build away and keep what serves']],
  examples: ['view rebuild stock stock-levels', 'view rebuild sales orders --compare-only --json'],
  values: z.object({ service, view: text(100), compareOnly: flag }),
  run: async ({ service: name, view, compareOnly }, desk) => {
    const rarely = toldRarely(desk.tell);
    const rebuilt = await withService(desk, serviceNamed(name), (operated) =>
      rebuildView(operated, {
        view,
        compareOnly,
        signal: desk.signal,
        onProgress: ({ inAll, position, target }) => rarely(() => `  ${inAll} events taken in, at ${place(position)} of ${place(target)}`),
      }),
    ).catch((error: unknown) => {
      throw isForecast(error) ? new CommandFailed(error.message) : error;
    });
    const differs = rebuilt.tables.some(({ equal }) => equal === false);
    return { code: differs ? exitCodes.wrong : exitCodes.ok, lines: linesOf(rebuilt), json: { service: name, ...rebuilt, differs } };
  },
});

/** What rebuilding says about itself; the view that serves is as it was. */
const isForecast = (error: unknown): error is Error =>
  error instanceof Error && ['UnknownView', 'BeingRebuilt', 'RebuildFailed', 'UnfitDdl'].includes(error.name);

const linesOf = ({ view, events, tables, switched }: ViewRebuilt): readonly string[] => [
  ...table(
    ['TABLE', 'ROWS SERVING', 'ROWS BUILT', 'COMPARED'],
    tables.map((each) => [
      ...[each.table, each.serving, each.built],
      each.equal === null ? `not: ${each.because}` : each.equal ? 'equal' : 'DIFFERENT',
    ]),
  ),
  switched
    ? `${view} was built anew from ${events} events and serves now.`
    : `${view} was built from ${events} events and thrown away; what served serves on.`,
];
