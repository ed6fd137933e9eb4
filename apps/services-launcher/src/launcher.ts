import {
  closedInReverse,
  stopTogether,
  documentsAt,
  installationSecrets,
  proxyTo,
  readyLine,
  startFront,
  startListener,
  type Engines,
  type HostConfig,
  type InstallationSecrets,
  type Listener,
  type Log,
  type Running,
} from '@stockproof/service-host';
import { startChild, type ChildService } from './child-service';
import { launchedServices } from './launched-services';

export type LauncherOptions = {
  readonly config: HostConfig;
  readonly startEngines: (config: HostConfig, log: Log) => Promise<Engines>;
  /** What the services inherit. */
  readonly environment: NodeJS.ProcessEnv;
  readonly print: (line: string) => void;
};

/** Starts what all services need and then each as a process of its own, and routes to them. Nothing is restarted by itself. */
export const startLauncher = ({ config, startEngines, environment, print }: LauncherOptions): Promise<Running> =>
  closedInReverse(async (closing) => {
    const services = launchedServices(config.port, config.adminPort);
    print(`Stockproof starts as ${services.length} processes: ${services.map(({ name }) => name).join(', ')}`);
    const listener = await startListener(
      { host: config.host, port: config.port, lingerMs: config.lingerMs },
      services.map(({ name }) => name),
    );
    closing('listener', listener.drain);
    const secrets = installationSecrets(config);
    const engines = await startEngines(config, told(print));
    closing('engines', engines.close);
    engines.described.forEach((line) => print(`  ${line}`));
    const shared = sharedSettings(config, engines, secrets);
    let stopping = false;
    const children: ChildService[] = [];
    closing('services', () => stopTogether(children));
    const starts = services.map(async (service) => {
      const own = { STOCKPROOF_HOST: '127.0.0.1', STOCKPROOF_PORT: String(service.port), STOCKPROOF_ADMIN_PORT: String(service.adminPort) };
      const child = await startChild(service, { ...environment, ...shared, ...own });
      children.push(child);
      route(listener, child, { print, isStopping: () => stopping });
    });
    const failed = (await Promise.allSettled(starts)).find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    const addresses = new Map(services.map(({ name, port }) => [name, { host: '127.0.0.1', port }] as const));
    listener.otherwise(await startFront(() => documentsAt(addresses)));
    closing('http', async () => {
      stopping = true;
      await listener.drain();
    });
    print(`  Docs      http://127.0.0.1:${config.port}/docs/   (OpenAPI: http://127.0.0.1:${config.port}/openapi.json)`);
    if (secrets.adminPasswordFile !== null) print(`  Sign in   as "admin"; the first password is in ${secrets.adminPasswordFile}`);
    print(readyLine);
  });

/** What all services are told alike; each would otherwise start a database and make a key of its own. */
const sharedSettings = (config: HostConfig, engines: Engines, secrets: InstallationSecrets): NodeJS.ProcessEnv => ({
  DATABASE_URL: engines.databaseUrl,
  STOCKPROOF_KEY: secrets.masterKey,
  STOCKPROOF_ADMIN_PASSWORD: secrets.adminPassword,
  STOCKPROOF_MIGRATE: String(config.migrateAtStart),
  STOCKPROOF_OUTBOUND_ALLOW: config.outboundAllow.join(','),
  STOCKPROOF_LOG_LEVEL: config.logLevel,
});

const told = (print: (line: string) => void): Log => {
  const tell = (_: object, message: string): void => print(`  ${message}`);
  return { info: tell, warn: tell, error: tell };
};

const route = (
  listener: Listener,
  { service, pid, ended }: ChildService,
  { print, isStopping }: { readonly print: (line: string) => void; readonly isStopping: () => boolean },
): void => {
  listener.route(service.name, proxyTo({ host: '127.0.0.1', port: service.port }));
  print(`  ${service.name.padEnd(10)} process ${pid}, port ${service.port}, health http://127.0.0.1:${service.adminPort}/readyz`);
  void ended.then((why) => {
    listener.route(service.name, null);
    if (!isStopping()) print(`${service.name} has ended (${why}): its paths answer 503. Start all again to have it back.`);
  });
};
