import type { Pusher } from '../http/push';
import type { Entry, Journal } from '../journal/journal';
import type { Floor } from './floor';
import { purchaseOrdersGoOn } from './receiving';
import { shipmentsGoOn } from './shipping';
import type { WarehouseFact } from './warehouse-facts';
import { applyToWarehouse, emptyWarehouse } from './warehouse-state';

const place = (code: string) => `warehouses/${code}`;

/** All warehouses of this simulator; one that is named for the first time is empty and exists from then on. */
export const openWarehouses = (journal: Journal, pusher: Pusher) => {
  const floors = new Map<string, Floor>();

  const pushNews = ({ state }: Floor, updates: number, receipts: number) => {
    for (const update of state.updates.slice(updates))
      pusher.push(state.settings, { id: update.updateId, type: 'shipment-update', data: update });
    for (const receipt of state.receipts.slice(receipts))
      pusher.push(state.settings, { id: receipt.externalReceiptId, type: 'receipt', data: receipt });
  };

  const open = (code: string): Floor => {
    const state = emptyWarehouse();
    const floor: Floor = {
      code,
      state,
      calls: new Map(),
      record: (fact) => {
        const [updates, receipts] = [state.updates.length, state.receipts.length];
        applyToWarehouse(state, journal.write(place(code), fact));
        pushNews(floor, updates, receipts);
      },
    };
    floors.set(code, floor);
    return floor;
  };

  const at = (code: string): Floor => floors.get(code) ?? open(code);

  for (const entry of journal.entries()) {
    const [kind, code] = entry.place.split('/');
    if (kind === 'warehouses' && code !== undefined) applyToWarehouse(at(code).state, entry as Entry<WarehouseFact>);
  }

  return {
    at,
    /** One call to a warehouse went by: whatever is due there happens. */
    call: (floor: Floor): void => {
      if (!floor.state.settings.automatic) return;
      shipmentsGoOn(floor);
      purchaseOrdersGoOn(floor);
    },
  };
};

export type Warehouses = ReturnType<typeof openWarehouses>;
