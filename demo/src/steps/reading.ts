import type { Said, SaidIncoming, SaidLevel, SaidLine, SaidOrder, SaidPurchaseOrder } from '../checking/said';
import type { Company } from './company';

type LevelDocument = Omit<SaidLevel, 'warehouse'> & { readonly warehouseCode: string | null };
type OrderSummary = { readonly orderId: string; readonly revision: number };
type OrderDocument = OrderSummary & {
  readonly number: string;
  readonly channelId: string | null;
  readonly orderDate: string;
  readonly status: string;
  readonly backordered: boolean;
  readonly lines: readonly SaidLine[];
  readonly shipments: readonly {
    readonly shipmentId: string;
    readonly warehouseId: string;
    readonly status: string;
    readonly failure: string | null;
  }[];
};
type IncomingDocument = {
  readonly number: string;
  readonly channelId: string | null;
  readonly state: string;
  readonly problems: readonly { readonly code: string }[];
  readonly reason: string | null;
};
type PurchaseOrderDocument = {
  readonly number: string;
  readonly status: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly received: number }[];
};

const codeIn = (codes: Readonly<Record<string, string>>, id: string | null): string =>
  Object.entries(codes).find(([, known]) => known === id)?.[0] ?? String(id);

/** So many questions at once: the product is to be read, not to be measured. */
const someAtATime = async <Thing, Result>(things: readonly Thing[], ask: (thing: Thing) => Promise<Result>): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (let start = 0; start < things.length; start += 16) results.push(...(await Promise.all(things.slice(start, start + 16).map(ask))));
  return results;
};

export const readLevels = async ({ api, at }: Company): Promise<readonly SaidLevel[]> => {
  const levels = await api.all<LevelDocument>(at('stock', '/levels'));
  return levels.map(({ warehouseCode, sku, kind, total, unsellable, allocated, held, incoming, available }) => ({
    ...{ warehouse: warehouseCode ?? '', sku, kind, total, unsellable },
    ...{ allocated, held, incoming, available },
  }));
};

const orderSaid = ({ shops, warehouses }: Company, document: OrderDocument): SaidOrder => {
  const { number, channelId, orderDate, status, backordered, lines, shipments } = document;
  return {
    ...{ shop: codeIn(shops, channelId), number, orderDate, status, backordered },
    lines: lines.map(({ sku, shipped, allocated, backordered: waiting, cancelled, open }) => ({
      ...{ sku, shipped, allocated, cancelled, open },
      backordered: waiting,
    })),
    shipments: shipments.map(({ shipmentId, warehouseId, status: now, failure }) => ({
      ...{ shipmentId, warehouse: codeIn(warehouses, warehouseId), status: now, failed: failure !== null },
    })),
  };
};

/** Reads all orders whenever it is asked: each of them again only where its revision says that it has changed since. */
export const ordersReader = (company: Company): (() => Promise<readonly SaidOrder[]>) => {
  const { api, at } = company;
  const known = new Map<string, OrderDocument>();
  return async () => {
    // An order that changes while the list is read may stand on two pages: the later one counts.
    const listed = new Map((await api.all<OrderSummary>(at('sales', '/sales-orders'))).map(({ orderId, revision }) => [orderId, revision]));
    const documents = await someAtATime([...listed], async ([orderId, revision]) => {
      const kept = known.get(orderId);
      if (kept?.revision === revision) return kept;
      const read = (await api.get(at('sales', `/sales-orders/${orderId}`))) as unknown as OrderDocument;
      known.set(orderId, read);
      return read;
    });
    return documents
      .map((document) => orderSaid(company, document))
      .toSorted((one, other) => (one.orderDate + one.number < other.orderDate + other.number ? -1 : 1));
  };
};

export const readIncoming = async ({ api, at, shops }: Company): Promise<readonly SaidIncoming[]> => {
  const all = await api.all<IncomingDocument>(at('sales', '/incoming-orders'));
  return all.map(({ number, channelId, state, problems, reason }) => ({
    ...{ shop: codeIn(shops, channelId), number, state },
    codes: [...problems.map(({ code }) => code), ...(reason === null ? [] : [reason])],
  }));
};

export const readPurchaseOrders = async ({ api, at }: Company): Promise<readonly SaidPurchaseOrder[]> => {
  const all = await api.all<{ readonly purchaseOrderId: string }>(at('purchasing', '/purchase-orders'));
  const documents = await someAtATime(
    [...new Set(all.map(({ purchaseOrderId }) => purchaseOrderId))],
    async (id) => (await api.get(at('purchasing', `/purchase-orders/${id}`))) as unknown as PurchaseOrderDocument,
  );
  return documents.map(({ number, status, lines }) => ({
    ...{ number, status },
    lines: lines.map(({ sku, quantity, received }) => ({ sku, ordered: quantity, received })),
  }));
};

/** Everything that the checker judges. */
export const readSaid = async (company: Company): Promise<Said> => {
  const [levels, orders, incoming, purchaseOrders] = await Promise.all([
    readLevels(company),
    ordersReader(company)(),
    readIncoming(company),
    readPurchaseOrders(company),
  ]);
  return { levels, orders, incoming, purchaseOrders };
};
