import type { FastifyInstance, FastifyRequest } from 'fastify';
import { found, read } from '../http/answering';
import {
  advancing,
  arrival,
  cancellingByHand,
  placeParams,
  product,
  receivingByHand,
  reportedChange,
  shippingByHand,
  stockSetting,
  thingParams,
  warehouseSettings,
} from '../http/bodies';
import type { Pusher } from '../http/push';
import { levelReport } from './counting';
import type { Floor } from './floor';
import { arriveUnannounced, awaitedQuantities, receive } from './receiving';
import { cancelThere, openQuantities, ship } from './shipping';
import type { Warehouses } from './warehouses';

const perLine = (given: Readonly<Record<string, number>>) =>
  new Map(Object.entries(given).map(([lineNumber, quantity]) => [Number(lineNumber), quantity]));

const overview = ({ code, state }: Floor) => ({
  code,
  settings: { ...state.settings, pushSecret: state.settings.pushSecret === null ? null : 'set' },
  onHand: Object.fromEntries(state.onHand),
  shipments: [...state.shipments.values()].map(({ shipmentId, externalId, orderNumber, status, lines, left }) => ({
    shipmentId,
    externalId,
    orderNumber,
    status,
    lines: lines.map((line) => ({ ...line, left: left.get(line.lineNumber) ?? 0 })),
  })),
});

/** What a person or a test does in a warehouse. Nothing here counts as a call. */
export const warehouseByHand = (http: FastifyInstance, warehouses: Warehouses, pusher: Pusher, now: () => string): void => {
  const floorOf = (request: FastifyRequest): Floor => warehouses.at(read(placeParams, request.params).code);
  const shipmentOf = (request: FastifyRequest) =>
    found(floorOf(request).state.shipments.get(read(thingParams, request.params).id), 'shipment');
  const orderOf = (request: FastifyRequest) =>
    found(floorOf(request).state.purchaseOrders.get(read(thingParams, request.params).id), 'purchase order');
  const record = (request: FastifyRequest, fact: Parameters<Floor['record']>[0]) => (floorOf(request).record(fact), { done: true });

  http.get('/warehouses/:code', (request) => overview(floorOf(request)));
  http.put('/warehouses/:code/settings', (request) =>
    record(request, { kind: 'warehouse-set-up', settings: read(warehouseSettings, request.body) }),
  );
  http.put('/warehouses/:code/stock', (request) => record(request, { kind: 'stock-set', rows: read(stockSetting, request.body).rows }));
  http.put('/warehouses/:code/products', (request) =>
    record(request, { kind: 'product-offered', product: read(product, request.body).product }),
  );
  http.post('/warehouses/:code/advance', (request) => {
    const { calls } = read(advancing, request.body);
    for (let call = 0; call < calls; call += 1) warehouses.call(floorOf(request));
    return { done: true };
  });
  http.post('/warehouses/:code/shipments/:id/ship', (request) => {
    const [shipment, { quantities, completion }] = [shipmentOf(request), read(shippingByHand, request.body)];
    ship(floorOf(request), shipment, quantities === null ? openQuantities(shipment) : perLine(quantities), completion);
    return { done: true };
  });
  http.post('/warehouses/:code/shipments/:id/cancel-there', (request) => {
    cancelThere(floorOf(request), shipmentOf(request), read(cancellingByHand, request.body).reason);
    return { done: true };
  });
  http.post('/warehouses/:code/shipments/:id/report', (request) => {
    const { shipmentId, externalId } = shipmentOf(request);
    const updateId = `${externalId}-reported-${floorOf(request).state.updates.length + 1}`;
    return record(request, { kind: 'change-reported', updateId, shipmentId, change: read(reportedChange, request.body).change });
  });
  http.post('/warehouses/:code/purchase-orders/:id/receive', (request) => {
    const [order, { quantities, final }] = [orderOf(request), read(receivingByHand, request.body)];
    receive(floorOf(request), order, quantities === null ? awaitedQuantities(order) : perLine(quantities), final);
    return { done: true };
  });
  http.post('/warehouses/:code/receipts', (request) => {
    const { purchaseOrderNumber, lines, final } = read(arrival, request.body);
    arriveUnannounced(
      floorOf(request),
      purchaseOrderNumber,
      lines.map((line, at) => ({ ...line, lineNumber: line.lineNumber ?? at + 1 })),
      final,
    );
    return { done: true };
  });
  http.post('/warehouses/:code/stock-levels', (request) => {
    const { code, state } = floorOf(request);
    const report = levelReport(state, now());
    pusher.push(state.settings, { id: `${code}-levels-${report.takenAt}`, type: 'stock-levels', data: report });
    return report;
  });
};
