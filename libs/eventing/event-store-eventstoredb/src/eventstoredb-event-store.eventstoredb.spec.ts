import { eventStoreSuite } from '@stockproof/event-store/testing';
import { eventStoreDbEventStore } from './eventstoredb-event-store';
import { serverForTests, type ServerForTests } from './testing/server-for-tests';

let server: ServerForTests;

beforeAll(async () => {
  server = await serverForTests();
  process.stderr.write(`The conformance suite runs against ${server.described}\n`);
}, 180_000);
afterAll(() => server.stop());

/** A server cannot be emptied: each test has a namespace of its own. */
eventStoreSuite('The EventStoreDB event store', async () => {
  const store = eventStoreDbEventStore({ url: server.url, streamPrefix: '', namespace: `${crypto.randomUUID()}.` });
  return { store, close: store.close };
});
