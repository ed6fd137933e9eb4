import type { Instant, Sku, WarehouseId } from '@stockproof/vocabulary';
import type { AllocationTerms, CarrierService, OrderLine, Package, PromisedUnits, ShopUpdate, Wanted } from './sales-order.events';
import type { OpenException } from './sales-order.exceptions';

export type ShipmentStatus = 'ready-to-send' | 'sent-to-warehouse' | 'cancel-requested' | 'short-shipped' | 'shipped' | 'cancelled';

export type ShipmentUnit = PromisedUnits & { shipped: number; released: boolean };

/** On its way to another warehouse; `units`: promised there, and the present warehouse is asked to give it back. */
export type ShipmentMove = {
  readonly attempt: number;
  readonly toWarehouseId: WarehouseId;
  readonly reason: string;
  readonly units: readonly PromisedUnits[] | null;
};

export type Shipment = {
  readonly shipmentId: string;
  readonly warehouseId: WarehouseId;
  status: ShipmentStatus;
  readonly units: readonly ShipmentUnit[];
  readonly packages: Map<string, Package>;
  readonly updates: Set<string>;
  lastFailure: string | null;
  /** How often the warehouse was to give it back: each time is a question of its own. */
  cancelRequests: number;
  readonly carrierService: CarrierService | null;
  /** How often it was handed over anew after the warehouse had said no: each time is a question of its own. */
  exportsAgain: number;
  /** The warehouse has it, or had it. */
  takenOn: boolean;
  move: ShipmentMove | null;
};

/** How far the shop that an order came from has heard of it. */
export type Telling = {
  /** How many updates there have been. */
  count: number;
  /** Not answered yet; nothing else is told meanwhile. */
  due: { readonly telling: number; readonly update: ShopUpdate } | null;
  /** What the last update was about, whatever became of it; `null`: nothing, or it is to be told again. */
  last: string | null;
  /** Parcels that the shop has taken, in the order in which it heard of them. */
  readonly packages: Set<string>;
};

export type Asked = { readonly attempt: number; readonly kind: 'allocate' | 'hold'; readonly wanted: Wanted };

/** What a person or a channel last said of the order; what follows from shipments is derived. */
export type Stage = 'draft' | 'approved' | 'on-hold' | 'cancelled';

export type SalesOrder = {
  orderId: string | null;
  stage: Stage;
  number: string;
  channelId: string | null;
  orderDate: Instant;
  arrivedAt: Instant;
  warehouseId: WarehouseId | null;
  /** As whoever ordered calls it. */
  carrierService: string | null;
  lines: readonly OrderLine[];
  hasShipTo: boolean;
  /** Under whose key its personal data are sealed; `null`: it has none. */
  subjectId: string | null;
  readonly closed: Map<string, number>;
  lastAttempt: number;
  /** Asked of stock and not answered with units yet: a back-order is still asked. */
  asked: Asked | null;
  backordered: boolean;
  /** The attempt under which stock keeps units for this order. */
  holdAttempt: number | null;
  releaseAt: Instant | null;
  cancelAfter: Instant | null;
  /** The last word of its channel that it follows. */
  channelRound: number;
  readonly shipments: Map<string, Shipment>;
  readonly telling: Telling;
  /** What a person has to look at, by its name within the order. */
  readonly exceptions: Map<string, OpenException>;
};

export const noSalesOrder = (): SalesOrder => ({
  orderId: null,
  stage: 'draft',
  number: '',
  channelId: null,
  orderDate: '',
  arrivedAt: '',
  warehouseId: null,
  carrierService: null,
  lines: [],
  hasShipTo: false,
  subjectId: null,
  closed: new Map(),
  lastAttempt: 0,
  asked: null,
  backordered: false,
  holdAttempt: null,
  releaseAt: null,
  cancelAfter: null,
  channelRound: 0,
  shipments: new Map(),
  telling: { count: 0, due: null, last: null, packages: new Set() },
  exceptions: new Map(),
});

export const isLive = ({ status }: Shipment): boolean => status !== 'cancelled';
export const isOpen = ({ status }: Shipment): boolean => status !== 'cancelled' && status !== 'shipped';
export const liveShipments = (order: SalesOrder): readonly Shipment[] => [...order.shipments.values()].filter(isLive);

/** One SKU of a line as stock is asked for it: the line itself, or a component of its bundle. */
export type WantedPart = { readonly lineId: string; readonly partId: string; readonly sku: Sku; readonly per: number };

export const partsOf = (line: OrderLine): readonly WantedPart[] =>
  line.components.length === 0
    ? [{ lineId: line.lineId, partId: line.lineId, sku: line.sku, per: 1 }]
    : line.components.map(({ sku, quantity }, index) => ({
        lineId: line.lineId,
        partId: `${line.lineId}.${index + 1}`,
        sku,
        per: quantity,
      }));

/** Units of a part that shipments have or had: shipped, or promised and not released. */
export const promisedOf = (order: SalesOrder, partId: string): number =>
  [...order.shipments.values()]
    .flatMap((shipment) => shipment.units)
    .filter((unit) => unit.lineId === partId)
    .reduce((sum, unit) => sum + (unit.released ? unit.shipped : unit.quantity), 0);

/** Units of a part that nobody has promised yet and that are still wanted. */
export const openOf = (order: SalesOrder, line: OrderLine, part: WantedPart): number =>
  line.needsShipping ? Math.max(0, (line.quantity - (order.closed.get(line.lineId) ?? 0)) * part.per - promisedOf(order, part.partId)) : 0;

export const openParts = (order: SalesOrder): readonly (WantedPart & { readonly quantity: number })[] =>
  order.lines.flatMap((line) =>
    partsOf(line).flatMap((part) => (openOf(order, line, part) > 0 ? [{ ...part, quantity: openOf(order, line, part) }] : [])),
  );

/** What stock is asked for: all that is open, under these terms. */
export const wantedOf = (order: SalesOrder, kind: 'allocate' | 'hold', terms: AllocationTerms): Wanted => ({
  kind,
  orderNumber: order.number,
  orderDate: order.orderDate,
  arrivedAt: order.arrivedAt,
  lines: openParts(order).map(({ lineId, partId, sku, quantity }) => {
    const candidates = terms.candidatesOfLine[lineId];
    return { lineId: partId, sku, quantity, ...(candidates === undefined ? {} : { candidates }) };
  }),
  candidates: terms.candidates,
  settings: terms.settings,
  holdAttempt: kind === 'allocate' ? order.holdAttempt : null,
});
