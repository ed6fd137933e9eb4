import { serviceMetrics } from '@stockproof/observability';
import {
  closedInReverse,
  documentsAt,
  proxyTo,
  readyLine,
  startAdminServer,
  startFront,
  startListener,
  type Running,
} from '@stockproof/service-host';
import type { GatewayConfig } from './gateway.config';
import { measured } from './measured';

/**
 * One address for services that run elsewhere, routed by path prefix, and the page that documents them all. For where nothing else
 * does that: Kubernetes' Gateway API or any reverse proxy takes its place. Keeps nothing; any number of them may run.
 */
export const startGateway = (
  { host, port, adminPort, lingerMs, services }: GatewayConfig,
  print: (line: string) => void,
): Promise<Running> =>
  closedInReverse(async (closing) => {
    const metrics = serviceMetrics('gateway', { withProcess: true });
    const pages = { status: async () => [], metrics: async () => [await metrics.registry.metrics()] };
    const admin = await startAdminServer(pages, { host, port: adminPort });
    closing('health', admin.close);
    const listener = await startListener({ host, port, lingerMs }, [...services.keys()]);
    for (const [name, address] of services) {
      listener.route(name, measured(metrics, `/v1/${name}`, proxyTo(address, print)));
      print(`  ${name.padEnd(10)} at ${address.host}:${address.port}`);
    }
    listener.otherwise(measured(metrics, 'documents', await startFront(() => documentsAt(services))));
    closing('http', listener.drain);
    closing('readiness', async () => admin.drain());
    print(readyLine);
  });
