import type { Admin, Kafka } from 'kafkajs';
import { driverRetries } from './connection';

/** Questions to the cluster, over a connection that is opened when it is needed. */
export type AdminDoor = {
  readonly ask: <T>(question: (admin: Admin) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

export const adminDoor = (kafka: Kafka): AdminDoor => {
  let opened: Promise<Admin> | null = null;
  const close = async (): Promise<void> => {
    const closing = opened;
    opened = null;
    await closing?.then((admin) => admin.disconnect()).catch(() => undefined);
  };
  return {
    ask: async (question) => {
      const asked = (opened ??= openAdmin(kafka));
      try {
        return await question(await asked);
      } catch (error) {
        // The driver's admin asks for every topic that it was ever asked about: once one of them is deleted, it fails for all.
        if (opened === asked) await close();
        throw error;
      }
    },
    close,
  };
};

const openAdmin = async (kafka: Kafka): Promise<Admin> => {
  const admin = kafka.admin({ retry: driverRetries });
  try {
    await admin.connect();
    return admin;
  } catch (error) {
    await admin.disconnect().catch(() => undefined);
    throw error;
  }
};
