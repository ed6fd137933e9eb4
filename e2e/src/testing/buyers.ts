import { httpClient } from './http-client';
import { address } from './merchant';

/** A client in a process of its own: places its orders all at once, says how each was answered, one line of JSON. */
const buy = async ([base = '', token = '', path = '', sku = '', from = '0', count = '0']: readonly string[]): Promise<void> => {
  const call = httpClient(base);
  const numbers = Array.from({ length: Number(count) }, (_, index) => `BUYER-${Number(from) + index}-WAIT`);
  const answers = await Promise.all(
    numbers.map((orderNumber) =>
      call('POST', path, { token, key: orderNumber, body: { orderNumber, shipTo: address, lines: [{ sku, quantity: 1 }] } }),
    ),
  );
  process.stdout.write(`${JSON.stringify(answers.map(({ status, body }) => ({ status, orderId: body['orderId'] })))}\n`);
};

void buy(process.argv.slice(2));
