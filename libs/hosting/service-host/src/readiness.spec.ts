import { checkService } from './readiness';
import type { ServiceEngines } from './engines';

type Checked = Parameters<typeof checkService>[2];

const answering = { query: async () => [] };
const broken = { query: () => Promise.reject(new Error('connection refused')) };
const engines = (database: { readonly query: () => Promise<unknown> }, probeBus: ServiceEngines['probeBus']): Checked =>
  ({ databases: { writer: database, worker: database }, probeBus }) as unknown as Checked;
const away = () => Promise.reject(new Error('no broker answers'));

describe('readiness of a service', () => {
  it('needs the database, by each door that its roles use', async () => {
    expect(await checkService('sales', ['api', 'worker'], engines(broken, null))).toEqual({
      service: 'sales',
      ready: false,
      problems: ['database as writer: connection refused', 'database as worker: connection refused'],
    });
    expect(await checkService('sales', ['api'], engines(answering, null))).toEqual({ service: 'sales', ready: true, problems: [] });
  });

  it('needs the bus where only a worker runs; where HTTP is answered too, a bus that is away is told and takes nothing away', async () => {
    const problems = ['bus: no broker answers'];
    expect(await checkService('sales', ['worker'], engines(answering, away))).toEqual({ service: 'sales', ready: false, problems });
    expect(await checkService('sales', ['api', 'worker'], engines(answering, away))).toEqual({ service: 'sales', ready: true, problems });
    expect(await checkService('sales', ['api'], engines(answering, away))).toEqual({ service: 'sales', ready: true, problems: [] });
  });
});
