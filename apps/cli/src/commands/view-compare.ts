import { rebuildView, viewNames, type ViewRebuilt } from '@stockproof/operations';
import { z } from 'zod';
import { command } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { CommandFailed } from '../command-line/failures';
import { someServices, text } from '../command-line/values';
import { toldRarely, withServices } from '../desk';
import { table } from '../printing/table';
import { foretold, tableColumns, tableRows, toldOf } from './views-built';

type Compared = ViewRebuilt & { readonly service: string; readonly differs: boolean };

export const viewCompare = command({
  path: 'view compare',
  summary: 'build views beside the ones that serve and compare all rows; what serves is kept',
  description:
    'Reads the log into new tables, stops each view for a moment where both stand at the same place, compares all rows, and throws the build\n' +
    'away. One view after the other; exit code 1: rows differ. Safe beside running services. Tables with other columns, or with too many rows\n' +
    'for ten seconds, are not compared, and it says so.',
  arguments: [
    ['service', 'one service, or all (all)'],
    ['view', 'its name, as view list shows it; without it, all views of the service'],
  ],
  examples: ['view compare', 'view compare stock', 'view compare sales orders --json'],
  values: z.object({ service: someServices, view: text(100).optional() }),
  run: async ({ service, view: wanted }, desk) => {
    const rarely = toldRarely(desk.tell);
    const all = await withServices(desk, service, async (operated) => {
      const compared: Compared[] = [];
      for (const view of viewNames(operated).filter((each) => wanted === undefined || each === wanted)) {
        const built = await rebuildView(operated, {
          ...{ view, compareOnly: true, signal: desk.signal },
          onProgress: (seen) => rarely(() => `${operated.definition.name} ${view}:${toldOf(seen)}`),
        }).catch(foretold);
        compared.push({ service: operated.definition.name, ...built, differs: built.tables.some(({ equal }) => equal === false) });
      }
      return compared;
    });
    const views = all.flat();
    if (views.length === 0) throw new CommandFailed(`There is no view ${wanted ?? ''} there.`);
    const differs = views.some((each) => each.differs);
    return {
      code: differs ? exitCodes.wrong : exitCodes.ok,
      lines: table(
        ['SERVICE', 'VIEW', ...tableColumns],
        views.flatMap((each) => tableRows(each).map((row) => [each.service, each.view, ...row])),
      ),
      json: { views, differs },
    };
  },
});
