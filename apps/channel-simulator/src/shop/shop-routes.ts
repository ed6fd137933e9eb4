import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { behaviourOf } from '../behaviour/behaviour';
import { answer, effectIdOf, page, read } from '../http/answering';
import { feedQuery, orderTold, placed, placeParams, product, productsTold, shopSettings, stockTold } from '../http/bodies';
import { accepted } from '../journal/answer';
import type { ShopFact } from './shop-facts';
import type { Shop, Shops } from './shops';

/** A shop: what Stockproof's generic-http connector calls, and what a person or a test does there. */
export const shopRoutes = (http: FastifyInstance, shops: Shops): void => {
  const shopOf = (request: FastifyRequest): Shop => shops.at(read(placeParams, request.params).code);

  /** The shop acts once per effect id; `number` decides whether its first answer is lost. */
  const told = (request: FastifyRequest, reply: FastifyReply, number: string, fact: (effectId: string, externalId: string) => ShopFact) => {
    const [{ code, state, record }, effectId] = [shopOf(request), effectIdOf(request)];
    const known = state.answers.get(effectId);
    if (known !== undefined) return answer(reply, { answer: known, lost: false });
    const externalId = `${code}-told-${state.answers.size + 1}`;
    record(fact(effectId, externalId));
    return answer(reply, { answer: accepted(externalId), lost: behaviourOf(number) === 'loses-first-answer' });
  };

  http.get('/shops/:code/orders', (request) => page(shopOf(request).state.orders, read(feedQuery, request.query)));
  http.get('/shops/:code/products', (request) => page(shopOf(request).state.products, read(feedQuery, request.query)));
  http.post('/shops/:code/order-updates', (request, reply) => {
    const update = read(orderTold, request.body);
    return told(request, reply, update.orderNumber, (effectId, externalId) => ({
      kind: 'order-told',
      effectId,
      externalId,
      orderNumber: update.orderNumber,
      update,
    }));
  });
  http.post('/shops/:code/stock', (request, reply) => {
    const stock = read(stockTold, request.body);
    return told(request, reply, '', (effectId, externalId) => ({ kind: 'stock-told', effectId, externalId, stock }));
  });
  http.post('/shops/:code/products', (request, reply) => {
    const { products } = read(productsTold, request.body);
    return told(request, reply, '', (effectId, externalId) => ({ kind: 'products-told', effectId, externalId, products }));
  });

  const record = (request: FastifyRequest, fact: ShopFact) => (shopOf(request).record(fact), { done: true });
  http.put('/shops/:code/settings', (request) => record(request, { kind: 'shop-set-up', settings: read(shopSettings, request.body) }));
  http.post('/shops/:code/orders', (request) => record(request, { kind: 'order-placed', order: read(placed, request.body).order }));
  http.put('/shops/:code/products', (request) =>
    record(request, { kind: 'product-offered', product: read(product, request.body).product }),
  );
  http.get('/shops/:code', (request) => {
    const { state } = shopOf(request);
    return { orders: state.orders.length, told: Object.fromEntries(state.told), offered: [...state.offered.values()] };
  });
};
