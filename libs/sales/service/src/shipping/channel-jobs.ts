import type { DeliveredMessage } from '@stockproof/integration-bus';
import { UnknownJob, type Jobs } from '@stockproof/jobs';
import { warehouseDisabledV1, warehouseEnabledV1 } from '@stockproof/tenancy-contracts';
import type { AccountId } from '@stockproof/vocabulary';

/** Each warehouse with a system behind it has its own jobs: one that fails slows no other. */
export const warehouseJobKinds = { exportShipments: 'export-shipments', importShipments: 'import-shipments' } as const;

/** How long what nobody announced may wait: exports are also started at once, and a warehouse may push. */
const everyMs = 2_000;

export type ChannelJobs = {
  /** Keeps the jobs in step with what tenancy says of an account's warehouses. */
  readonly follow: (message: DeliveredMessage) => Promise<void>;
  /** Shipments have just become ready. */
  readonly exportSoon: (accountId: AccountId, warehouseIds: readonly string[]) => Promise<void>;
};

export const subjectOf = (accountId: AccountId, warehouseId: string): string => `${accountId}/${warehouseId}`;

export const warehouseChannelJobs = (jobs: Jobs): ChannelJobs => ({
  follow: async ({ type, data, accountId, organizationId }) => {
    if (accountId === null) return;
    if (type === warehouseDisabledV1.type) return unschedule(jobs, accountId, warehouseDisabledV1.schema.parse(data).warehouseId);
    if (type !== warehouseEnabledV1.type) return;
    const { warehouseId, fulfillmentChannel } = warehouseEnabledV1.schema.parse(data);
    if (fulfillmentChannel?.applicationType !== 'connector') return unschedule(jobs, accountId, warehouseId);
    const options = { accountId, everyMs, payload: { accountId, organizationId, warehouseId } };
    for (const kind of Object.values(warehouseJobKinds)) await jobs.schedule(kind, subjectOf(accountId, warehouseId), options);
  },
  exportSoon: async (accountId, warehouseIds) => {
    for (const warehouseId of new Set(warehouseIds)) {
      try {
        await jobs.runNow(warehouseJobKinds.exportShipments, subjectOf(accountId, warehouseId));
      } catch (error) {
        // Nothing stands behind this warehouse: its shipments are confirmed by hand.
        if (!(error instanceof UnknownJob)) throw error;
      }
    }
  },
});

const unschedule = async (jobs: Jobs, accountId: AccountId, warehouseId: string): Promise<void> => {
  for (const kind of Object.values(warehouseJobKinds)) await jobs.unschedule(kind, subjectOf(accountId, warehouseId));
};
