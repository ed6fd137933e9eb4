import type { TestBroker } from './test-broker';

export default async (): Promise<void> => {
  await (globalThis as { stockproofTestBroker?: TestBroker }).stockproofTestBroker?.remove();
};
