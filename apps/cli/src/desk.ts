import { joinEngines } from '@stockproof/engines';
import { databaseAnswers, operatedService, type OperatedService } from '@stockproof/operations';
import { readHostConfig, StartupError, type Engines, type HostConfig, type Log, type ServiceDefinition } from '@stockproof/service-host';
import { Unavailable } from './command-line/failures';

/** What commands have at hand. */
export type Desk = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Read when first needed; throws a `StartupError` that names every wrong value. */
  readonly config: () => HostConfig;
  /** What was asked for, to the standard output. */
  readonly print: (text: string) => void;
  /** Resolves when whoever reads the standard output can take more. */
  readonly printed: (text: string) => Promise<void>;
  /** Progress and warnings, a line each, to the standard error. */
  readonly tell: (line: string) => void;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
};

/** Warnings and errors of the machinery as lines, each kind once; what goes well is told by the command itself. */
export const logOf = ({ tell }: Pick<Desk, 'tell'>): Log => {
  const told = new Set<string>();
  const line = (details: object, message: string): void => {
    if (!told.has(message)) tell(`  ${message}: ${JSON.stringify(details)}`);
    told.add(message);
  };
  return { info: () => undefined, warn: line, error: line };
};

/** Joins or opens what the configuration names for the time of `work`. Throws `Unavailable` where that does not answer. */
export const withEngines = async <T>(desk: Desk, work: (engines: Engines) => Promise<T>): Promise<T> => {
  const config = desk.config();
  let engines: Engines;
  try {
    engines = await joinEngines(config, logOf(desk));
  } catch (error) {
    throw error instanceof StartupError ? new Unavailable(error.message, { cause: error }) : error;
  }
  try {
    return await work(engines);
  } finally {
    await engines.close();
  }
};

type Work<T> = (service: OperatedService) => Promise<T>;

/** The same for these services at once, the answers in their order. Only where their database answers: event stores wait for theirs. */
export const withServices = <T>(desk: Desk, definitions: readonly ServiceDefinition[], work: Work<T>): Promise<readonly T[]> =>
  withEngines(desk, (engines) => {
    const log = logOf(desk);
    return Promise.all(
      definitions.map((definition) =>
        operatedService(definition, engines, log, async (service) => {
          await databaseAnswers(service);
          return work(service);
        }),
      ),
    );
  });

export const withService = async <T>(desk: Desk, definition: ServiceDefinition, work: Work<T>): Promise<T> => {
  const [answer] = await withServices(desk, [definition], work);
  return answer as T; // one service, one answer
};

const tellEveryMs = 1_000;

/** Tells at most one line a second, however often it is called. */
export const toldRarely = (tell: (line: string) => void): ((line: () => string) => void) => {
  let last = Number.NEGATIVE_INFINITY;
  return (line) => {
    if (performance.now() - last < tellEveryMs) return;
    last = performance.now();
    tell(line());
  };
};

/** The configuration of a program that answers no requests: it needs no key of its own. */
export const configOf = (environment: Desk['environment']): HostConfig =>
  readHostConfig(environment, { port: 3000, adminPort: 9464, oneOfMany: false, logLevel: 'warn' });
