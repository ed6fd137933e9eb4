import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '@stockproof/service-host';

/** A service as a process of its own, and where it answers. */
export type LaunchedService = { readonly name: ServiceName; readonly program: string; readonly port: number; readonly adminPort: number };

const inOrder: readonly ServiceName[] = ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'];

/** The services that this build has. Their ports follow the launcher's own: 3001–3005 beside 3000, 9464 and up. */
export const launchedServices = (port: number, adminPort: number): readonly LaunchedService[] =>
  inOrder
    .map((name, index) => ({
      name,
      program: join(__dirname, '..', '..', name, 'src', 'main.js'),
      port: port + 1 + index,
      adminPort: adminPort + index,
    }))
    .filter(({ program }) => existsSync(program));
