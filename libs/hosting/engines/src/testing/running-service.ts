import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IntegrationMessage } from '@stockproof/integration-bus';
import { testPostgres } from '@stockproof/postgres-embedded/testing';
import {
  closedInReverse,
  installationSecrets,
  migrateService,
  readHostConfig,
  startService,
  type Log,
  type ServiceDefinition,
} from '@stockproof/service-host';
import { derivedId } from '@stockproof/vocabulary';
import { startEngines } from '../engines';

export type Call = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown> };

/** What another service says, for the messages that a test makes up. */
export type Said = Pick<IntegrationMessage, 'type' | 'topic' | 'subject' | 'organizationId' | 'accountId' | 'data'>;

export type RunningTestService = {
  readonly call: (method: string, path: string, call?: Call) => Promise<Answer>;
  /** Puts messages on the bus, as if another service had said them. */
  readonly hear: (...said: readonly Said[]) => Promise<void>;
  /** What the service itself has put on a topic so far, oldest first in each partition. */
  readonly told: (topic: string) => Promise<readonly IntegrationMessage[]>;
  readonly stop: () => Promise<void>;
};

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One service as a process runs it – engines, consumers, views, HTTP – on a fresh database, and alone. */
export const runningService = async (definition: ServiceDefinition): Promise<RunningTestService> => {
  let port = 0;
  const messages: IntegrationMessage[] = [];
  let publish: (messages: readonly IntegrationMessage[]) => Promise<void> = async () => undefined;
  const { stop } = await closedInReverse(async (closing) => {
    const postgres = await testPostgres();
    closing('postgres', postgres.stop);
    const dataDir = mkdtempSync(join(tmpdir(), 'stockproof-service-'));
    closing('data', async () => rmSync(dataDir, { recursive: true, force: true }));
    const environment = { DATABASE_URL: postgres.url, STOCKPROOF_DATA_DIR: dataDir, STOCKPROOF_LOG_LEVEL: 'silent' };
    const config = readHostConfig(environment, { port: 3000, adminPort: 9464, oneOfMany: false });
    const engines = await startEngines(config, silent);
    closing('engines', engines.close);
    await migrateService(definition, engines);
    const service = await startService(definition, engines, {
      config,
      installation: installationSecrets(config),
      withProcessMetrics: false,
    });
    closing('service', service.stop);
    const { bus, close } = engines.open(definition.name, silent);
    closing('bus', close);
    publish = bus.publish;
    const listening = await bus.subscribe({
      group: 'test',
      topics: definition.topics,
      onBatch: async (batch) => void messages.push(...batch.messages),
    });
    closing('listening', listening.stop);
    const server = createServer(service.handle).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    closing('http', () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()));
    ({ port } = server.address() as AddressInfo);
  });
  let said = 0;
  return {
    stop,
    call: (method, path, call) => request(`http://127.0.0.1:${port}${path}`, method, call),
    hear: (...all) => publish(all.map((each) => messageOf(each, ++said))),
    told: async (topic) => messages.filter((message) => message.topic === topic),
  };
};

const messageOf = (said: Said, number: number): IntegrationMessage => {
  const key = `${said.accountId ?? said.organizationId}/${said.subject}`;
  const id = derivedId('said', number);
  const place = { source: 'stockproof/test/log', sequence: number, sourcePosition: String(number).padStart(16, '0'), ordinal: 0 };
  return { ...said, ...place, id, time: new Date().toISOString(), partitionKey: key, orderingKey: key, correlationId: id, causationId: id };
};

const request = async (url: string, method: string, { body, headers = {} }: Call = {}): Promise<Answer> => {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
};
