import type { Admin } from 'kafkajs';
import { connectTo } from '../connection';

/** Asks a test's broker, or changes it, past the product; a single try, and nothing is said but by what it throws. */
export const askBroker = async <T>(brokers: readonly string[], work: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = connectTo({ brokers, clientId: 'stockproof-tests' }, undefined).admin({ retry: { retries: 0 } });
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect().catch(() => undefined); // was never connected
  }
};
