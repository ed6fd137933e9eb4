import { readLag } from '@stockproof/operations';
import { z } from 'zod';
import { command } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { someServices } from '../command-line/values';
import { withServices } from '../desk';
import { behind, place } from '../printing/amounts';
import { table } from '../printing/table';

export const viewList = command({
  path: 'view list',
  summary: 'all views, where each stands and whether it stands still',
  description: 'Reads the checkpoints. Exit code 1: a view stands still.',
  arguments: [['service', 'one service, or all (all)']],
  examples: ['view list', 'view list stock --json'],
  values: z.object({ service: someServices }),
  run: async ({ service }, desk) => {
    const all = await withServices(desk, service, readLag);
    const views = all.flatMap((each) => each.views.map((view) => ({ service: each.service, ...view })));
    return {
      code: views.every(({ lastError }) => lastError === null) ? exitCodes.ok : exitCodes.wrong,
      lines: table(
        ['SERVICE', 'VIEW', 'VERSION', 'POSITION', 'BEHIND', 'REBUILD', 'ERROR'],
        views.map((each) => [
          ...[each.service, each.view, each.version, place(each.position), behind(each.behind)],
          each.building === null ? null : `at ${place(each.building)}`,
          each.lastError,
        ]),
      ),
      json: { views },
    };
  },
});
