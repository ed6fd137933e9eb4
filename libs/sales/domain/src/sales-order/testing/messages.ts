import type { RecordShipmentUpdate, SalesOrderCommand } from '../sales-order.commands';
import type {
  AllocationTerms,
  ConflictProblem,
  OrderHeader,
  OrderLine,
  Package,
  PromisedUnits,
  SalesOrderEvent,
  Wanted,
} from '../sales-order.events';

/** One order of three teas and two rums, from warehouses A and B: the messages that its stories are told in. */
export const A = 'warehouse-a';
export const B = 'warehouse-b';
export const now = '2026-01-10T12:00:00.000Z';
export const earlier = '2026-01-10T11:00:00.000Z';
export const later = '2026-01-10T13:00:00.000Z';

const of = { orderId: 'o', now };
const refs = { orderId: 'o', decidedAt: now };

export const line = (lineId: string, sku: string, quantity: number, more: Partial<OrderLine> = {}): OrderLine => ({
  lineId,
  sku,
  quantity,
  needsShipping: true,
  components: [],
  warehouseId: null,
  externalLineId: null,
  title: null,
  ...more,
});
export const lines = [line('1', 'tea', 3), line('2', 'rum', 2)];
const candidates = [A, B].map((warehouseId) => ({ warehouseId, code: warehouseId, priority: 1, checked: true }));
export const terms: AllocationTerms = {
  candidates,
  candidatesOfLine: {},
  settings: { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: true },
};
export const nowhere: AllocationTerms = { ...terms, candidates: [] };

/** Nothing beside lines and address. */
export const header: OrderHeader = { references: {}, tags: [], note: null, requestedShipDate: null, cancelAfter: null };

type Of<Type extends SalesOrderCommand['type']> = Extract<SalesOrderCommand, { type: Type }>;

export const create = (more: Partial<Of<'CreateSalesOrder'>['data']> = {}): Of<'CreateSalesOrder'> => ({
  type: 'CreateSalesOrder',
  data: {
    ...of,
    number: '1001',
    channelId: null,
    channelOrderNumber: null,
    orderDate: earlier,
    lines,
    shipTo: { subjectId: 's', sealed: 'x' },
    shipToCountry: 'NL',
    warehouseId: null,
    carrierService: null,
    header,
    channelRound: 0,
    status: 'draft',
    terms: null,
    hold: null,
    ...more,
  },
});
export const created = (more: Partial<Extract<SalesOrderEvent, { type: 'SalesOrderCreated' }>['data']> = {}): SalesOrderEvent => {
  const { now: arrivedAt, terms: _, hold: __, ...rest } = create().data;
  return { type: 'SalesOrderCreated', data: { ...rest, arrivedAt, decidedAt: now, ...more } };
};
export const revise = (channelRound: number, more: Partial<Of<'ReviseSalesOrder'>['data']> = {}): Of<'ReviseSalesOrder'> => {
  const { orderDate, shipTo, shipToCountry, warehouseId, carrierService } = create().data;
  const said = { orderDate, lines, shipTo, shipToCountry, warehouseId, carrierService, header, channelRound };
  return { type: 'ReviseSalesOrder', data: { ...of, ...said, terms, automatic: true, ...more } };
};
export const revised = (
  channelRound: number,
  more: Partial<Extract<SalesOrderEvent, { type: 'SalesOrderRevised' }>['data']> = {},
): SalesOrderEvent => {
  const { now: _, terms: __, automatic: ___, ...rest } = revise(channelRound).data;
  return { type: 'SalesOrderRevised', data: { ...rest, decidedAt: now, ...more } };
};
export const cancelOverdue: SalesOrderCommand = { type: 'CancelOverdueOrder', data: of };
export const approvedFromStart = created({ status: 'approved' });
export const approve = (withTerms: AllocationTerms | null = null): SalesOrderCommand => ({
  type: 'ApproveSalesOrder',
  data: { ...of, terms: withTerms },
});
export const approved: SalesOrderEvent = { type: 'SalesOrderApproved', data: refs };
export const unlock: SalesOrderCommand = { type: 'UnlockSalesOrder', data: of };
export const unlocked: SalesOrderEvent = { type: 'SalesOrderUnlocked', data: refs };
export const cancel: SalesOrderCommand = { type: 'CancelSalesOrder', data: { ...of, reason: 'changed mind' } };
export const cancelled: SalesOrderEvent = { type: 'SalesOrderCancelled', data: { ...refs, reason: 'changed mind' } };
export const hold = (releaseAt: string | null = null): SalesOrderCommand => ({
  type: 'HoldSalesOrder',
  data: { ...of, reason: 'fraud check', releaseAt, terms },
});
export const onHold = (releaseAt: string | null = null): SalesOrderEvent => ({
  type: 'SalesOrderPutOnHold',
  data: { ...refs, reason: 'fraud check', releaseAt },
});
export const release = (
  to: 'send' | 'edit',
  more: { readonly byTimer?: boolean; readonly terms?: AllocationTerms } = {},
): SalesOrderCommand => ({ type: 'ReleaseHold', data: { ...of, to, terms, byTimer: false, ...more } });
export const released = (to: 'send' | 'edit'): SalesOrderEvent => ({ type: 'SalesOrderHoldReleased', data: { ...refs, to } });
export const allocate = (withTerms = terms): SalesOrderCommand => ({ type: 'AllocateSalesOrder', data: { ...of, terms: withTerms } });

type WantedLines = readonly (readonly [lineId: string, sku: string, quantity: number])[];
const all: WantedLines = [
  ['1', 'tea', 3],
  ['2', 'rum', 2],
];
const wantedLines = (wanted: WantedLines) => wanted.map(([lineId, sku, quantity]) => ({ lineId, sku, quantity }));
export const asked = (
  attempt: number,
  {
    kind = 'allocate',
    wanted = all,
    holdAttempt = null,
  }: { readonly kind?: Wanted['kind']; readonly wanted?: WantedLines; readonly holdAttempt?: number | null } = {},
): SalesOrderEvent => ({
  type: 'AllocationAsked',
  data: {
    ...refs,
    attempt,
    wanted: {
      kind,
      orderNumber: '1001',
      orderDate: earlier,
      arrivedAt: now,
      lines: wantedLines(wanted),
      candidates,
      settings: terms.settings,
      holdAttempt,
    },
  },
});
export const takenBack = (attempt: number): SalesOrderEvent => ({ type: 'AllocationTakenBack', data: { ...refs, attempt } });

export const unit = (lineId: string, sku: string, quantity: number, warehouseId = A): PromisedUnits => ({
  allocationId: `${lineId}-${warehouseId}`,
  shipmentId: `s-${warehouseId}`,
  lineId,
  sku,
  warehouseId,
  quantity,
});
export const tea = unit('1', 'tea', 3);
export const rum = unit('2', 'rum', 2, B);
export const recordAllocated = (attempt: number, units: readonly PromisedUnits[], missing: WantedLines = []): SalesOrderCommand => ({
  type: 'RecordAllocated',
  data: { ...of, attempt, units, missing: wantedLines(missing), carrierService: null, warnings: [] },
});
export const recordNotAllocated = (attempt: number): SalesOrderCommand => ({
  type: 'RecordNotAllocated',
  data: { ...of, attempt, missing: wantedLines(all), reasons: ['not-enough', 'not-enough'] },
});
export const backordered = (attempt: number): SalesOrderEvent => ({
  type: 'SalesOrderBackordered',
  data: { ...refs, attempt, missing: wantedLines(all), reasons: ['not-enough', 'not-enough'] },
});
export const recordHeld = (
  attempt: number,
  units: readonly PromisedUnits[] = [tea, rum],
  missing: WantedLines = [],
): SalesOrderCommand => ({ type: 'RecordHeld', data: { ...of, attempt, units, missing: wantedLines(missing) } });
export const held = (attempt: number, units: readonly PromisedUnits[] = [tea, rum], missing: WantedLines = []): SalesOrderEvent => ({
  type: 'StockHeldForOrder',
  data: { ...refs, attempt, units, missing: wantedLines(missing) },
});

const shipment = (warehouseId: string) => ({ ...refs, shipmentId: `s-${warehouseId}`, warehouseId });
export const shipmentOf = (attempt: number, ...units: readonly PromisedUnits[]): SalesOrderEvent => ({
  type: 'ShipmentCreated',
  data: { ...shipment(units[0]?.warehouseId ?? A), attempt, units, carrierService: null, warnings: [] },
});
const brief = (units: readonly PromisedUnits[]) => units.map(({ allocationId, sku }) => ({ allocationId, sku }));
export const accept = (warehouseId = A): SalesOrderCommand => ({
  type: 'RecordShipmentAccepted',
  data: { ...of, shipmentId: `s-${warehouseId}`, externalId: 'x', at: now, warnings: [] },
});
export const accepted = (...units: readonly PromisedUnits[]): SalesOrderEvent => ({
  type: 'ShipmentAcceptedByWarehouse',
  data: { ...shipment(units[0]?.warehouseId ?? A), externalId: 'x', at: now, units: brief(units), warnings: [] },
});
export const exportFailed: SalesOrderCommand = { type: 'RecordExportFailed', data: { ...of, shipmentId: `s-${A}`, reason: 'no answer' } };
export const failedToExport: SalesOrderEvent = { type: 'ShipmentExportFailed', data: { ...shipment(A), reason: 'no answer' } };

export const update = (
  updateId: string,
  said: WantedLines,
  more: Partial<RecordShipmentUpdate['data']> = {},
  warehouseId = A,
): SalesOrderCommand => ({
  type: 'RecordShipmentUpdate',
  data: {
    ...of,
    shipmentId: `s-${warehouseId}`,
    updateId,
    at: now,
    lines: said.map(([lineId, sku, shipped]) => ({ lineId, sku, shipped })),
    packages: [],
    conflicts: [],
    closedShort: false,
    cancelled: false,
    giveUpRest: false,
    ...more,
  },
});
export const left = (
  updateId: string,
  promised: PromisedUnits,
  shipped: number,
  complete = shipped === promised.quantity,
): SalesOrderEvent => ({
  type: 'ShipmentUnitsLeft',
  data: {
    ...shipment(promised.warehouseId),
    updateId,
    at: now,
    units: [{ allocationId: promised.allocationId, sku: promised.sku, lineId: promised.lineId, shipped }],
    packages: [],
    complete,
  },
});
export const leftEarlier = (updateId: string, promised: PromisedUnits, shipped: number, complete = false): SalesOrderEvent => ({
  type: 'ShipmentUnitsLeft',
  data: {
    ...{ ...shipment(promised.warehouseId), updateId, at: now, units: [], packages: [], complete },
    earlier: [{ allocationId: promised.allocationId, sku: promised.sku, lineId: promised.lineId, shipped }],
  },
});
export const cancelShipment = (warehouseId = A): SalesOrderCommand => ({
  type: 'CancelShipment',
  data: { ...of, shipmentId: `s-${warehouseId}`, reason: 'damaged' },
});
export const cancelRequested: SalesOrderEvent = { type: 'ShipmentCancelRequested', data: { ...shipment(A), reason: 'damaged' } };
export const shipmentCancelled = (...units: readonly PromisedUnits[]): SalesOrderEvent => ({
  type: 'ShipmentCancelled',
  data: { ...shipment(units[0]?.warehouseId ?? A), at: now, units: brief(units) },
});
export const refuseCancel: SalesOrderCommand = { type: 'RecordCancelRefused', data: { ...of, shipmentId: `s-${A}`, reason: 'too late' } };
export const cancelRefused = (status: 'short-shipped' | 'sent-to-warehouse'): SalesOrderEvent => ({
  type: 'ShipmentCancelRefused',
  data: { ...shipment(A), reason: 'too late', status },
});
export const closedShort = (
  by: 'warehouse' | 'person',
  status: 'shipped' | 'cancelled',
  ...units: readonly PromisedUnits[]
): SalesOrderEvent => ({
  type: 'ShipmentClosedShort',
  data: { ...shipment(units[0]?.warehouseId ?? A), at: now, by, units: brief(units), status },
});
export const conflict = (
  updateId: string,
  problem: ConflictProblem,
  sku: string,
  units: readonly (readonly [PromisedUnits, number])[] = [],
): SalesOrderEvent => ({
  type: 'ShipmentConflictFound',
  data: {
    ...shipment(A),
    updateId,
    at: now,
    problem,
    sku,
    message: null,
    units: units.map(([{ allocationId, sku: of_, lineId }, shipped]) => ({ allocationId, sku: of_, lineId, shipped })),
  },
});
export const markShipped = (leftIt: boolean): SalesOrderCommand => ({
  type: 'MarkAsShipped',
  data: { ...of, reason: 'seen it go', left: leftIt },
});
export const linesClosed = (reason: string, ...closed: readonly (readonly [lineId: string, quantity: number])[]): SalesOrderEvent => ({
  type: 'OrderLinesClosed',
  data: { ...refs, lines: closed.map(([lineId, quantity]) => ({ lineId, quantity })), reason },
});

/** The same order, from a shop. */
export const fromShop = created({ status: 'approved', channelId: 'shop', channelOrderNumber: '1001' });
type ShopUpdateStatus = Extract<SalesOrderEvent, { type: 'ShopUpdateDue' }>['data']['update']['status'];
export const shopUpdateDue = (
  telling: number,
  status: ShopUpdateStatus,
  [teas, rums]: readonly [number, number],
  packages: Extract<SalesOrderEvent, { type: 'ShopUpdateDue' }>['data']['update']['packages'] = [],
): SalesOrderEvent => ({
  type: 'ShopUpdateDue',
  data: {
    ...refs,
    channelId: 'shop',
    orderNumber: '1001',
    telling,
    update: {
      status,
      lines: [
        { lineId: '1', externalLineId: '1', sku: 'tea', shipped: teas },
        { lineId: '2', externalLineId: '2', sku: 'rum', shipped: rums },
      ],
      packages,
    },
  },
});
export const recordShopTold = (telling: number): SalesOrderCommand => ({
  type: 'RecordShopTold',
  data: { ...of, telling, externalId: 'told', warnings: [] },
});
export const shopTold = (telling: number): SalesOrderEvent => ({
  type: 'ShopTold',
  data: { ...refs, channelId: 'shop', telling, externalId: 'told', warnings: [] },
});
export const recordShopRefused = (telling: number): SalesOrderCommand => ({
  type: 'RecordShopRefused',
  data: { ...of, telling, reason: 'no such order', warnings: [] },
});
export const shopRefused = (telling: number): SalesOrderEvent => ({
  type: 'ShopRefused',
  data: { ...refs, channelId: 'shop', telling, reason: 'no such order', warnings: [] },
});
export const settle = (exception: string, again = false): SalesOrderCommand => ({
  type: 'SettleException',
  data: { ...of, exception, reason: 'looked at', again },
});
export const settled = (exception: string, again = false, warehouseId: string | null = null): SalesOrderEvent => ({
  type: 'ExceptionSettled',
  data: {
    ...refs,
    exception,
    reason: 'looked at',
    again,
    shipment: warehouseId === null ? null : { shipmentId: `s-${warehouseId}`, warehouseId },
  },
});
export const parcel = (packageId: string, teas: number): Package => ({
  packageId,
  tracking: `t-${packageId}`,
  carrier: 'DHL',
  service: null,
  weightG: null,
  contents: [{ lineId: '1', sku: 'tea', quantity: teas, lot: null, serials: [] }],
});
