import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import { orderMessages as $ } from '@stockproof/sales-domain/testing';
import type { SalesOrderCommand, Shipment } from '@stockproof/sales-domain';
import { derivedId } from '@stockproof/vocabulary';
import { salesOrders, salesOrderStream } from '../sales.streams';
import { shipmentAsItStands } from './shipment-as-it-stands';

const clock = { now: () => $.now };
const [accountId, organizationId] = [derivedId('account'), derivedId('organization')] as const;
const stream = salesOrderStream(accountId, 'o');
const named = { stream, shipmentId: `s-${$.A}` };

/** Two workers, each with what it remembers, over one store; the first has an order that asks for stock. */
const twoWorkers = async () => {
  const store = inMemoryEventStore({ clock });
  const [one, other] = [salesOrders(commandHandling({ store, clock })), salesOrders(commandHandling({ store, clock }))] as const;
  let commands = 0;
  const tell = async (worker: typeof one, command: SalesOrderCommand) => {
    const commandId = derivedId('command', (commands += 1));
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    const handled = await worker.handle(stream, command, { ...ids, actor: 'service:sales', organizationId, accountId });
    expect(handled).toMatchObject({ outcome: 'accepted' });
  };
  await tell(one, $.create({ status: 'approved', terms: $.terms }));
  return { one, other, tell };
};

const statusSeen = async (
  worker: Parameters<typeof shipmentAsItStands>[0],
  lookedFor: (shipment: Shipment) => boolean = () => true,
): Promise<string | null> => (await shipmentAsItStands(worker, named, lookedFor))?.shipment.status ?? null;

describe('a shipment that another worker has made', () => {
  it('is known here, although the order was read before it', async () => {
    const { one, other, tell } = await twoWorkers();
    expect(await statusSeen(one)).toBeNull();
    await tell(other, $.recordAllocated(1, [$.tea, $.rum]));
    expect((await one.load(stream)).state.shipments.size).toBe(0);
    expect(await statusSeen(one)).toBe('ready-to-send');
  });

  it('is found in the state that is looked for, although it was in another one here', async () => {
    const { one, other, tell } = await twoWorkers();
    await tell(one, $.recordAllocated(1, [$.tea, $.rum]));
    await tell(other, $.accept());
    expect(await statusSeen(one, ({ status }) => status === 'sent-to-warehouse')).toBe('sent-to-warehouse');
    expect(await statusSeen(one, ({ status }) => status === 'ready-to-send')).toBeNull();
  });
});
