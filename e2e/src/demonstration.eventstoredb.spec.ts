import { startStandIn, type EventStoreDbStandIn } from '@stockproof/eventstoredb-stand-in';
import { expectedDemoTable, runDemo } from './testing/demonstration';

/** A real server if one is named; its streams must be of no other installation. */
const named = process.env['EVENTSTOREDB_URL'];

describe(`the demonstration on ${named ? 'the EventStoreDB server of EVENTSTOREDB_URL' : 'the stand-in for EventStoreDB, which is no server'}`, () => {
  let standIn: EventStoreDbStandIn | null = null;
  beforeAll(async () => {
    standIn = named ? null : await startStandIn();
  });
  afterAll(() => standIn?.close());

  it('ends with the same table as on Postgres', async () => {
    const environment = { EVENTSTOREDB_URL: named ?? standIn?.url ?? '' };
    expect(await runDemo({ app: 'services-launcher', environment })).toEqual(expectedDemoTable());
    if (standIn) expect(standIn.batchAppends()).toBeGreaterThan(1_000);
  }, 400_000);
});
