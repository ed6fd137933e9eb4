import type { Admin, Kafka } from 'kafkajs';
import { driverRetries } from './connection';
import { whatItMeant } from './failure';
import { renewed } from './renewed';

/** Questions to the cluster, over a connection that is opened when it is needed. */
export type AdminDoor = {
  readonly ask: <T>(question: (admin: Admin) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** The driver's admin asks for every topic that it was ever asked about: once one of them is deleted, it fails for all. */
export const adminDoor = (kafka: Kafka): AdminDoor => {
  const admins = renewed(
    () => openAdmin(kafka),
    (admin) => admin.disconnect(),
  );
  return {
    ask: async (question) => {
      try {
        return await admins.use(question);
      } catch (error) {
        throw whatItMeant(error);
      }
    },
    close: admins.close,
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
