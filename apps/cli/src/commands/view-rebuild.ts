import { rebuildView } from '@stockproof/operations';
import { z } from 'zod';
import { command } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { service, text } from '../command-line/values';
import { toldRarely, withService } from '../desk';
import { table } from '../printing/table';
import { serviceNamed } from '../services';
import { foretold, tableColumns, tableRows, toldOf } from './views-built';

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
  examples: ['view rebuild stock stock-levels'],
  values: z.object({ service, view: text(100) }),
  run: async ({ service: name, view }, desk) => {
    const rarely = toldRarely(desk.tell);
    const rebuilt = await withService(desk, serviceNamed(name), (operated) =>
      rebuildView(operated, { view, compareOnly: false, signal: desk.signal, onProgress: (seen) => rarely(() => toldOf(seen)) }),
    ).catch(foretold);
    const differs = rebuilt.tables.some(({ equal }) => equal === false);
    return {
      code: differs ? exitCodes.wrong : exitCodes.ok,
      lines: [...table(tableColumns, tableRows(rebuilt)), `${view} was built anew from ${rebuilt.events} events and serves now.`],
      json: { service: name, ...rebuilt, differs },
    };
  },
});
