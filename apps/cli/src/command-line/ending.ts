import { StartupError } from '@stockproof/service-host';
import { exitCodes, type ExitCode } from './exit-codes';
import { CommandFailed, Unavailable, UsageError } from './failures';

export type Ending = { readonly code: ExitCode; readonly lines: readonly string[] };

/** Missing tables, schemas or roles: the migrations of this release were not run. */
const notMigrated = /^(42P01|3F000|42704|22023|42703|42883)$/;
/** Not there, gone, too busy, or closed to this user. */
const notReached = /^(08\w{3}|57P\d\d|53\w{3}|28\w{3}|3D000|E[A-Z]+)$/;

/** How the command line ends with an error, and what it says. Errors that nobody foresaw come with their stack. */
export const ending = (error: unknown, signal: AbortSignal): Ending => {
  if (error instanceof UsageError) return { code: exitCodes.usage, lines: [...error.wrong, 'Add --help to see how it is called.'] };
  if (signal.aborted) return { code: exitCodes.wrong, lines: ['It was given up.'] };
  if (error instanceof Unavailable) return { code: exitCodes.unavailable, lines: error.message.split('\n') };
  if (error instanceof CommandFailed || error instanceof StartupError) return { code: exitCodes.wrong, lines: error.message.split('\n') };
  const { code, message, stack } = errorOf(error);
  if (notMigrated.test(code))
    return { code: exitCodes.wrong, lines: [`The database is not up to date with this release (${message}): run stockproof migrate.`] };
  if (notReached.test(code)) return { code: exitCodes.unavailable, lines: [`What is needed does not answer: ${message}`] };
  return { code: exitCodes.wrong, lines: [stack] };
};

const errorOf = (error: unknown): { readonly code: string; readonly message: string; readonly stack: string } => {
  if (error instanceof AggregateError && error.errors.length > 0) return errorOf(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', message: String(error), stack: String(error) };
  const { code } = error as { readonly code?: unknown };
  return { code: typeof code === 'string' ? code : '', message: error.message, stack: error.stack ?? error.message };
};
