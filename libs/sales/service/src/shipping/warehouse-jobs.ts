import type { Jobs } from '@stockproof/jobs';
import type { JsonObject } from '@stockproof/decider';
import { warehouseJobKinds } from './channel-jobs';
import { exportShipments, type Exporting, type WarehouseJob } from './exporting-shipments';
import { importUpdates, type Importing } from './importing-updates';
import { takeShipmentsBack } from './taking-shipments-back';

/** Tells the job runner how the jobs of warehouses are done. */
export const doWarehouseJobs = (jobs: Jobs, exporting: Exporting, importing: Importing): void => {
  jobs.onSchedule({
    kind: warehouseJobKinds.exportShipments,
    run: async ({ payload, progress }) => {
      const job = warehouseJobOf(payload);
      // A shipment that is not answered for holds up none that is to come back, and the other way round.
      const [sent, back] = await Promise.allSettled([exportShipments(exporting, job), takeShipmentsBack(exporting, job)]);
      if (sent.status === 'rejected') throw sent.reason;
      if (back.status === 'rejected') throw back.reason;
      await progress(sent.value + back.value, sent.value + back.value);
      return { cursor: null };
    },
  });
  jobs.onSchedule({
    kind: warehouseJobKinds.importShipments,
    run: async ({ payload, cursor, progress }) => {
      const from = typeof cursor?.['after'] === 'string' ? cursor['after'] : null;
      const { cursor: after, applied } = await importUpdates(importing, warehouseJobOf(payload), from);
      await progress(applied, applied);
      return { cursor: { after } };
    },
  });
};

const warehouseJobOf = (payload: JsonObject): WarehouseJob => ({
  accountId: String(payload['accountId']),
  organizationId: String(payload['organizationId']),
  warehouseId: String(payload['warehouseId']),
});
