import type { Operation } from '../clients/record';

/** An event as it lies in the store. `recordedAt`: ms since 1970, by the store's clock. */
export type Logged = {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly commandId: string;
  readonly recordedAt: number;
  readonly data: Data;
};

/** Events are looked at as plain data: the checker has its own idea of what they mean. */
export type Data = { readonly [name: string]: unknown };

export type Level = {
  readonly skuKey: string;
  readonly warehouseId: string;
  readonly kind: 'physical' | 'virtual';
  readonly total: number;
  readonly unsellable: number;
  readonly allocated: number;
  readonly held: number;
  readonly incoming: number;
  readonly publishable: number;
};

export type ViewRows = {
  readonly levels: readonly Level[];
  readonly orders: readonly {
    readonly orderId: string;
    readonly status: string;
    readonly backordered: boolean;
    readonly revision: number;
  }[];
  readonly shipments: readonly { readonly shipmentId: string; readonly orderId: string; readonly status: string }[];
  readonly units: readonly {
    readonly allocationId: string;
    readonly shipmentId: string;
    readonly quantity: number;
    readonly shipped: number;
    readonly released: boolean;
  }[];
};

/** All that is checked: what clients were told, and what lies in the stores. */
export type Evidence = {
  readonly accountId: string;
  readonly actor: string;
  readonly members: readonly string[];
  readonly virtual: string;
  readonly operations: readonly Operation[];
  readonly events: readonly Logged[];
  readonly views: ViewRows;
};

/** What came of one line of the list: how much was looked at, and what is wrong. */
export type Verdict = { readonly name: string; readonly looked: number; readonly wrong: number; readonly examples: readonly string[] };

const examplesAtMost = 10;

/** Collects what is wrong under one name. `look` counts, and notes what it found where that is not `null`. */
export type Notes = { readonly look: (fault: string | null) => void; readonly verdict: () => Verdict };

export const notesOn = (name: string): Notes => {
  const examples: string[] = [];
  let [looked, wrong] = [0, 0];
  return {
    look: (fault) => {
      looked += 1;
      if (fault === null) return;
      wrong += 1;
      if (examples.length < examplesAtMost) examples.push(fault);
    },
    verdict: () => ({ name, looked, wrong, examples }),
  };
};
