import * as contracts from '@stockproof/sales-contracts';

type Heard = { readonly type: string; readonly data: unknown };
type Unit = { readonly lineId: string; readonly quantity: number; shipped: number; released: boolean };
type Shipment = { status: string; readonly units: Map<string, Unit> };
type Line = contracts.SalesOrderPlacedV1['lines'][number];
type Contract<T> = { readonly type: string; readonly schema: { readonly parse: (data: unknown) => T } };
type Hearing = readonly [type: string, hear: (data: unknown) => void];

const on = <T>({ type, schema }: Contract<T>, hear: (said: T) => void): Hearing => [type, (data) => hear(schema.parse(data))];

/** An order as somebody outside keeps it who knows nothing but the public contracts. */
export class FollowedOrder {
  backordered = false;
  readonly shipments = new Map<string, Shipment>();
  private stage = 'draft';
  private lines: readonly Line[] = [];
  private readonly moving = new Set<number>();
  private readonly closed = new Map<string, number>();
  private readonly hearings = new Map<string, (data: unknown) => void>([...this.ofTheOrder(), ...this.ofShipments()]);

  hear({ type, data }: Heard): void {
    this.hearings.get(type)?.(data);
  }

  status(): string {
    const live = [...this.shipments.values()].filter(({ status }) => status !== 'cancelled');
    if (this.stage === 'cancelled' || live.length === 0) return this.stage;
    if (!live.some(({ units }) => [...units.values()].some(({ shipped }) => shipped > 0))) return 'fulfilling';
    return live.every(({ status }) => status === 'shipped') && !this.anythingOpen() ? 'shipped' : 'partially-fulfilled';
  }

  private ofTheOrder(): readonly Hearing[] {
    const becomes = (stage: string) => () => void ([this.stage, this.backordered] = [stage, false]);
    return [
      on(contracts.salesOrderPlacedV1, ({ status, lines }) => void ([this.stage, this.lines] = [status, lines])),
      on(contracts.salesOrderRevisedV1, ({ lines }) => void (this.lines = lines)),
      on(contracts.salesOrderApprovedV1, () => void (this.stage = 'approved')),
      on(contracts.salesOrderUnlockedV1, becomes('draft')),
      on(contracts.salesOrderCancelledV1, becomes('cancelled')),
      on(contracts.salesOrderPutOnHoldV1, becomes('on-hold')),
      on(contracts.salesOrderHoldReleasedV1, ({ to }) => void (this.stage = to === 'send' ? 'approved' : 'draft')),
      // What is only to move says nothing of what the order waits for.
      on(contracts.allocationRequestedV1, ({ attempt, wanted }) => {
        if (wanted.kind === 'move') this.moving.add(attempt);
        else this.backordered = false;
      }),
      on(contracts.allocationWithdrawnV1, ({ attempt }) => {
        if (!this.moving.has(attempt)) this.backordered = false;
      }),
      on(contracts.salesOrderBackorderedV1, () => void (this.backordered = true)),
      on(contracts.stockHeldForOrderV1, ({ missing }) => void (this.backordered = missing.length > 0)),
      on(contracts.orderLinesClosedV1, ({ lines }) =>
        lines.forEach(({ lineId, quantity }) => this.closed.set(lineId, (this.closed.get(lineId) ?? 0) + quantity)),
      ),
    ];
  }

  private ofShipments(): readonly Hearing[] {
    return [
      on(contracts.shipmentCreatedV1, ({ shipmentId, units, replaces }) => {
        const promised = units.map(({ allocationId, ...unit }) => [allocationId, { ...unit, shipped: 0, released: false }] as const);
        this.shipments.set(shipmentId, { status: 'ready-to-send', units: new Map(promised) });
        if (replaces === undefined) this.backordered = false;
      }),
      on(contracts.shipmentAcceptedV1, ({ shipmentId }) => {
        if (this.shipments.get(shipmentId)?.status === 'ready-to-send') this.become(shipmentId, 'sent-to-warehouse');
      }),
      // Also what left after its shipment had ended.
      on(contracts.unitsShippedV1, ({ shipmentId, units }) =>
        units.forEach(({ allocationId, shipped }) =>
          this.change(shipmentId, allocationId, (unit) => (unit.shipped = Math.max(unit.shipped, shipped))),
        ),
      ),
      on(contracts.shipmentUnitsLeftV1, ({ shipmentId, units, complete }) => {
        for (const { allocationId, shipped } of units)
          this.change(shipmentId, allocationId, (unit) => (unit.shipped = Math.max(unit.shipped, shipped)));
        // A parcel alone says nothing of what left.
        if (units.length === 0) return;
        if (complete) this.become(shipmentId, 'shipped');
        else if (this.shipments.get(shipmentId)?.status !== 'cancel-requested') this.become(shipmentId, 'short-shipped');
      }),
      on(contracts.shipmentClosedShortV1, ({ shipmentId, status }) => this.become(shipmentId, status)),
      on(contracts.shipmentCancelRequestedV1, ({ shipmentId }) => this.become(shipmentId, 'cancel-requested')),
      on(contracts.shipmentCancelRefusedV1, ({ shipmentId, status }) => this.become(shipmentId, status)),
      on(contracts.shipmentCancelledV1, ({ shipmentId }) => this.become(shipmentId, 'cancelled')),
      // Units that were promised and will never leave are told among the requests to stock.
      on(contracts.unitsReleasedV1, ({ shipmentId, units }) =>
        units.forEach(({ allocationId }) => this.change(shipmentId, allocationId, (unit) => (unit.released = true))),
      ),
    ];
  }

  private become(shipmentId: string, status: string): void {
    const shipment = this.shipments.get(shipmentId);
    if (shipment) shipment.status = status;
  }

  private change(shipmentId: string, allocationId: string, how: (unit: Unit) => void): void {
    const unit = this.shipments.get(shipmentId)?.units.get(allocationId);
    if (unit) how(unit);
  }

  private anythingOpen(): boolean {
    const units = [...this.shipments.values()].flatMap((shipment) => [...shipment.units.values()]);
    const promised = (partId: string) =>
      units.filter(({ lineId }) => lineId === partId).reduce((sum, unit) => sum + (unit.released ? unit.shipped : unit.quantity), 0);
    return this.lines
      .filter(({ needsShipping }) => needsShipping)
      .some(({ lineId, quantity, components }) => {
        const wanted = quantity - (this.closed.get(lineId) ?? 0);
        const parts =
          components.length === 0 ? [[lineId, 1] as const] : components.map((each, at) => [`${lineId}.${at + 1}`, each.quantity] as const);
        return parts.some(([partId, per]) => wanted * per > promised(partId));
      });
  }
}
