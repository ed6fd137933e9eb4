import { migrateService, prepareViews, StartupError } from '@stockproof/service-host';
import { z } from 'zod';
import { command } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { CommandFailed } from '../command-line/failures';
import { someServices } from '../command-line/values';
import { logOf, withEngines } from '../desk';

export const migrateCommand = command({
  path: 'migrate',
  summary: 'bring the database up to date with this release',
  description:
    'As all-in-one migrate does: runs the migrations of each service and creates the views that are missing, empty; a worker fills them. Repeating\n' +
    'it does nothing, and several at once wait for each other.',
  arguments: [['service', 'one service, or all (all)']],
  examples: ['migrate', 'migrate stock'],
  values: z.object({ service: someServices }),
  run: ({ service: definitions }, desk) =>
    withEngines(desk, async (engines) => {
      for (const definition of definitions) {
        await migrateService(definition, engines).catch((error: unknown) => {
          throw error instanceof StartupError ? new CommandFailed(error.message, { cause: error }) : error;
        });
        await prepareViews(definition, engines, logOf(desk));
        desk.tell(`  ${definition.name}: the database is up to date`);
      }
      const names = definitions.map(({ name }) => name);
      return { code: exitCodes.ok, lines: [`Up to date: ${names.join(', ')}`], json: { upToDate: names } };
    }),
});
