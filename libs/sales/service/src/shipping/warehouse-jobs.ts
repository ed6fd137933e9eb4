import type { Channels } from '@stockproof/channel-directory';
import { exportShipments, type Exporting } from './exporting-shipments';
import { exportJobs } from './exports-at-once';
import { applyUpdate, importUpdates, type Importing } from './importing-updates';
import { takeShipmentsBack } from './taking-shipments-back';

/** How long what nobody announced may wait: exports are also started at once, and a warehouse may push. */
const everyMs = 2_000;

type Parts = { readonly exporting: Exporting; readonly importing: Importing; readonly viewsCaughtUp: () => Promise<void> };

/** What sales does with each warehouse that has a system behind it. */
export const doWarehouseJobs = (channels: Channels, { exporting, importing, viewsCaughtUp }: Parts): void => {
  channels.onWarehouseJob({
    kind: exportJobs.shipments,
    needs: 'send-shipments',
    everyMs,
    run: async (warehouse, { progress }) => {
      await viewsCaughtUp();
      // A shipment that is not answered for holds up none that is to come back, and the other way round.
      const [sent, back] = await Promise.allSettled([exportShipments(exporting, warehouse), takeShipmentsBack(exporting, warehouse)]);
      if (sent.status === 'rejected') throw sent.reason;
      if (back.status === 'rejected') throw back.reason;
      await progress(sent.value + back.value, sent.value + back.value);
      return { cursor: null };
    },
  });
  channels.onWarehouseJob({
    kind: 'import-shipments',
    needs: 'fetch-shipment-updates',
    everyMs,
    run: async (warehouse, { cursor, progress }) => {
      // An update is read once: one of a shipment that the view does not have yet would be taken for somebody else's.
      await viewsCaughtUp();
      const from = typeof cursor?.['after'] === 'string' ? cursor['after'] : null;
      const { cursor: after, applied } = await importUpdates(importing, warehouse, from);
      await progress(applied, applied);
      return { cursor: { after } };
    },
  });
  channels.onWarehousePush('shipment-update', ({ update }, warehouse) => applyUpdate(importing, warehouse, update));
};
