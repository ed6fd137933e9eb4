import 'reflect-metadata';
import { createServer } from 'node:net';
import { serviceLogger } from '@stockproof/observability';
import { startAdminServer, type ServiceStatus } from './admin-server';
import type { Engines } from './engines';
import { startFront } from './front';
import type { HostConfig } from './host.config';
import { installationSecrets } from './installation-secrets';
import { runUntilStopped, type Running } from './lifetime';
import { openListener } from './listener';
import { listen } from './listen';
import type { Log, ServiceDefinition } from './service-definition';
import { migrateService, prepareViews } from './service-migrations';
import { startService, type RunningService } from './start-service';
import { closedInReverse, stopTogether } from './closed-in-reverse';

export type HostOptions = {
  readonly services: readonly ServiceDefinition[];
  readonly config: () => HostConfig;
  readonly startEngines: (config: HostConfig, log: Log) => Promise<Engines>;
  /** Where progress is told to whoever started the process. */
  readonly print?: (line: string) => void;
};

type Host = Required<Omit<HostOptions, 'config'>> & { readonly config: HostConfig };

/** The last line of a start; scripts wait for it. */
export const readyLine = 'Stockproof is ready';

/** A process that another one started tells that one when it is ready, and leaves telling people to it. */
const printed = (line: string): void => void (process.channel ? undefined : process.stdout.write(`${line}\n`));

/**
 * The whole life of a process with these services. With `migrate` as its first argument it only brings the database up to date.
 * Ends the process.
 */
export const runHost = (options: HostOptions): Promise<void> =>
  runUntilStopped(async () => {
    const host: Host = { ...options, config: options.config(), print: options.print ?? printed };
    if (process.argv[2] === 'migrate') return migrateOnly(host);
    const running = await startHost(host);
    process.send?.({ ready: true });
    return running;
  });

const migrateOnly = async ({ services, config, startEngines, print }: Host): Promise<never> => {
  const log = serviceLogger('stockproof', config.logLevel);
  const engines = await startEngines(config, log);
  try {
    for (const service of services) {
      await migrateService(service, engines);
      await prepareViews(service, engines, log);
      print(`${service.name}: the database is up to date`);
    }
  } finally {
    await engines.close();
  }
  process.exit(0);
};

/** Starts everything in order; what was started is closed in the reverse order, also where a later part cannot start. */
export const startHost = async (host: Host): Promise<Running> => {
  const running: RunningService[] = [];
  const closed = await closedInReverse(async (closing) => {
    const { config, services, print } = host;
    const address = { host: config.host, port: config.port, lingerMs: config.lingerMs };
    const names = services.map(({ name }) => name);
    print(`Stockproof starts: ${names.join(', ')}`);
    let answers = false;
    // Ports first: a taken one is known before anything else was started.
    const admin = await startAdminServer(
      {
        status: () => statusOf(names, answers ? running : []),
        metrics: () => Promise.all(running.map((each) => each.metrics.registry.metrics())),
      },
      { host: config.host, port: config.adminPort },
    );
    closing('health and metrics', admin.close);
    const listener = config.roles.includes('api') ? openListener(names) : null;
    if (listener) await mayListen(address);
    const secrets = installationSecrets(config);
    const engines = await host.startEngines(config, serviceLogger('stockproof', config.logLevel));
    closing('engines', engines.close);
    engines.described.forEach((line) => print(`  ${line}`));
    // None needs another.
    closing(
      'services',
      () => stopTogether(running),
      () => running.flatMap(({ unfinished }) => unfinished()),
    );
    for (const definition of services) {
      if (config.migrateAtStart) await migrateService(definition, engines);
      const service = await startService(definition, engines, { config, installation: secrets, withProcessMetrics: running.length === 0 });
      running.push(service);
      listener?.route(service.name, service.handle);
      print(`  ${service.name} runs`);
    }
    if (listener) {
      listener.otherwise(await startFront(async () => new Map(running.map(({ name, document }) => [name, document]))));
      // Not before everything runs: what is refused goes to another process, a 503 does not.
      await listener.listen(address);
      // Drained before the services stop.
      closing('http', listener.drain);
    }
    answers = true;
    closing('readiness', async () => admin.drain());
    announce(host, secrets.adminPasswordFile);
  });
  return { ...closed, giveUp: () => running.forEach(({ giveUp }) => giveUp()) };
};

/** A taken port is known before anything is started. */
const mayListen = async (address: { readonly host: string; readonly port: number }): Promise<void> => {
  const trial = createServer();
  await listen(trial, address, 'STOCKPROOF_PORT');
  await new Promise((resolve) => trial.close(resolve));
};

/** A service that was not started yet is not ready, and says so. */
const statusOf = (names: readonly string[], running: readonly RunningService[]): Promise<readonly ServiceStatus[]> =>
  Promise.all(
    names.map(
      (service) => running.find(({ name }) => name === service)?.status() ?? { service, ready: false, problems: ['it is starting'] },
    ),
  );

const announce = ({ config, services, print }: Host, adminPasswordFile: string | null): void => {
  const shown = config.host === '0.0.0.0' ? '127.0.0.1' : config.host;
  const base = `http://${shown}:${config.port}`;
  if (config.roles.includes('api')) {
    print(`  API       ${base}/v1/`);
    print(`  Docs      ${base}/docs/   (OpenAPI: ${base}/openapi.json)`);
  }
  print(`  Health    http://${shown}:${config.adminPort}/readyz   (metrics: /metrics)`);
  if (adminPasswordFile !== null && services.some(({ name }) => name === 'tenancy'))
    print(`  Sign in   as "admin"; the first password is in ${adminPasswordFile}`);
  if (config.outboundAllow.length > 0) print(`  Channels  may call, although private: ${config.outboundAllow.join(', ')}`);
  print(readyLine);
};
