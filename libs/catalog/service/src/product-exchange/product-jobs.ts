import type { Channels } from '@stockproof/channel-directory';
import type { ServiceRuntime } from '@stockproof/service-host';
import type { CatalogStreams } from '../catalog.streams';
import { readSkusOfProduct } from '../views/variants/variants.query';
import { channelProducts } from './channel-products';
import { exportProducts, type ExportingProducts } from './exporting-products';
import { importProducts, type ImportingProducts } from './importing-products';
import { placeOfShop, placeOfWarehouse } from './product-place';

/** Often enough that a price is right before many have seen the old one. */
const exportEveryMs = 10_000;
/** How long a run waits until the view has read what the run itself wrote. */
const viewWithinMs = 10_000;

type Runtime = Pick<ServiceRuntime, 'channels' | 'databases' | 'clock' | 'log' | 'store' | 'views'>;

const importingOf = ({ databases, clock, log, store, views }: Runtime, streams: CatalogStreams): ImportingProducts => ({
  ...{ streams, clock, log },
  known: channelProducts(databases.worker),
  skusOfProduct: async (accountId, productId) => {
    if (!(await views.waitFor('variants', (await store.head()).position, viewWithinMs))) throw new Error('The view of variants is behind.');
    return readSkusOfProduct(databases.worker, accountId, productId);
  },
});

/** Tells the directory of channels how products come from them and go to them. */
export const doProductJobs = (runtime: Runtime, streams: CatalogStreams): void => {
  const importing = importingOf(runtime, streams);
  const exporting: ExportingProducts = { streams, database: runtime.databases.worker, clock: runtime.clock };
  const channels: Channels = runtime.channels;
  // Only the master's import may run: by itself when it is followed, or by hand.
  const importJob = { kind: 'import-products', needs: 'import-products', everyMs: null } as const;
  const exportJob = { kind: 'export-products', needs: 'send-products', everyMs: exportEveryMs } as const;
  channels.onShopJob({ ...importJob, run: (place, run) => importProducts(importing, placeOfShop(place), run) });
  channels.onWarehouseJob({ ...importJob, run: (place, run) => importProducts(importing, placeOfWarehouse(place), run) });
  channels.onShopJob({ ...exportJob, run: (place, run) => exportProducts(exporting, placeOfShop(place), run) });
  channels.onWarehouseJob({ ...exportJob, run: (place, run) => exportProducts(exporting, placeOfWarehouse(place), run) });
};
