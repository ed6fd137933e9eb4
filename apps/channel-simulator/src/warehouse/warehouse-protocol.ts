import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answer, effectIdOf, page, read } from '../http/answering';
import { announcement, feedQuery, placeParams, productsTold, shipmentOrder, thingParams } from '../http/bodies';
import { accepted } from '../journal/answer';
import { levelReport } from './counting';
import { once, type Floor } from './floor';
import { cancelPurchaseOrder, takePurchaseOrder } from './receiving';
import { cancelShipment, takeShipment } from './shipping';
import type { Warehouses } from './warehouses';

/** What Stockproof's generic-http connector calls. Each of these calls lets what is due happen first. */
export const warehouseProtocol = (http: FastifyInstance, warehouses: Warehouses, now: () => string): void => {
  const floorOf = (request: FastifyRequest): Floor => {
    const floor = warehouses.at(read(placeParams, request.params).code);
    warehouses.call(floor);
    return floor;
  };

  http.post('/warehouses/:code/shipments', (request, reply) =>
    answer(reply, takeShipment(floorOf(request), read(shipmentOrder, request.body), effectIdOf(request))),
  );
  http.post('/warehouses/:code/shipments/:id/cancel', (request, reply) =>
    answer(reply, cancelShipment(floorOf(request), read(thingParams, request.params).id, effectIdOf(request))),
  );
  http.post('/warehouses/:code/purchase-orders', (request, reply) =>
    answer(reply, takePurchaseOrder(floorOf(request), read(announcement, request.body), effectIdOf(request))),
  );
  http.post('/warehouses/:code/purchase-orders/:id/cancel', (request, reply) =>
    answer(reply, cancelPurchaseOrder(floorOf(request), read(thingParams, request.params).id, effectIdOf(request))),
  );
  http.post('/warehouses/:code/products', (request, reply) => {
    const [floor, { products }, effectId] = [floorOf(request), read(productsTold, request.body), effectIdOf(request)];
    const externalId = `${floor.code}-products-${floor.state.answers.size + 1}`;
    return answer(
      reply,
      once(floor, effectId, '', () => (floor.record({ kind: 'products-told', effectId, externalId, products }), accepted(externalId))),
    );
  });

  http.get('/warehouses/:code/shipment-updates', (request) => page(floorOf(request).state.updates, read(feedQuery, request.query)));
  http.get('/warehouses/:code/receipts', (request) => page(floorOf(request).state.receipts, read(feedQuery, request.query)));
  http.get('/warehouses/:code/products', (request) => page(floorOf(request).state.products, read(feedQuery, request.query)));
  http.get('/warehouses/:code/stock-levels', (request) => levelReport(floorOf(request).state, now()));
};
