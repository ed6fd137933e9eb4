import type { RebuildSeen, ViewRebuilt } from '@stockproof/operations';
import { CommandFailed } from '../command-line/failures';
import { place } from '../printing/amounts';

export const toldOf = ({ inAll, position, target }: RebuildSeen): string =>
  `  ${inAll} events taken in, at ${place(position)} of ${place(target)}`;

/** What building a view says about itself, as the command's own failure; the view that serves is as it was. */
export const foretold = (error: unknown): never => {
  const isForecast = error instanceof Error && ['UnknownView', 'BeingRebuilt', 'RebuildFailed', 'UnfitDdl'].includes(error.name);
  throw isForecast ? new CommandFailed(error.message) : error;
};

export const tableColumns = ['TABLE', 'ROWS SERVING', 'ROWS BUILT', 'COMPARED'];

export const tableRows = ({ tables }: ViewRebuilt) =>
  tables.map((each) => [
    ...[each.table, each.serving, each.built],
    each.equal === null ? `not: ${each.because}` : each.equal ? 'equal' : 'DIFFERENT',
  ]);
