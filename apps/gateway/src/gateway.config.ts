import { lingerSeconds, StartupError, type ServiceAddress } from '@stockproof/service-host';

export type GatewayConfig = {
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  readonly lingerMs: number;
  readonly services: ReadonlyMap<string, ServiceAddress>;
};

const names = ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'];
const inOneNetwork = names.map((name) => `${name}=${name}:3000`).join(',');

/** Reads the environment; throws a `StartupError` that names every wrong value. */
export const readGatewayConfig = (environment: Readonly<Record<string, string | undefined>>): GatewayConfig => {
  const wrong: string[] = [];
  const portIn = (name: string, byDefault: number): number => {
    const port = Number(environment[name] || byDefault);
    if (!isPort(port)) wrong.push(`${name} must be a port from 1 to 65535`);
    return port;
  };
  const lingers = lingerSeconds.safeParse(environment['STOCKPROOF_LINGER_SECONDS'] || undefined);
  if (!lingers.success) wrong.push(`STOCKPROOF_LINGER_SECONDS ${lingers.error.issues[0]?.message}`);
  const services = new Map<string, ServiceAddress>();
  for (const each of (environment['STOCKPROOF_SERVICES'] || inOneNetwork).split(',')) {
    const service = serviceIn(each);
    if (service) services.set(...service);
    else wrong.push(`STOCKPROOF_SERVICES: "${each}" must be <service>=<host>:<port>, the service one of ${names.join(', ')}`);
  }
  const config = {
    host: environment['STOCKPROOF_HOST'] || '0.0.0.0',
    port: portIn('STOCKPROOF_PORT', 3000),
    adminPort: portIn('STOCKPROOF_ADMIN_PORT', 9464),
    lingerMs: (lingers.data ?? 0) * 1_000,
    services,
  };
  if (wrong.length > 0) throw new StartupError(`The configuration is wrong:\n${wrong.map((each) => `  ${each}`).join('\n')}`);
  return config;
};

const serviceIn = (text: string): readonly [name: string, address: ServiceAddress] | null => {
  const [, name = '', host = '', port = ''] = /^\s*([a-z]+)=([^\s:=]+):(\d+)\s*$/.exec(text) ?? [];
  return names.includes(name) && isPort(Number(port)) ? [name, { host, port: Number(port) }] : null;
};

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;
