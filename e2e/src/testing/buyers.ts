import { inParallel } from './asking';
import { httpClient } from './http-client';
import { address } from './merchant';

/** Longer than a killed product takes to come back and to let go of what it had begun. */
const patience = { ms: 200_000, betweenMs: 250 };

/** Days over which orders are spread, far from the order in which they come. */
const days = 97;
const dateOf = (number: number): string => new Date(Date.UTC(2026, 0, 1 + ((number * 31) % days))).toISOString();

/**
 * A client in a process of its own: places its orders, `open` of them at once (default: all), and says how each was answered, one line
 * of JSON.
 */
const buy = async ([
  base = '',
  token = '',
  path = '',
  sku = '',
  from = '0',
  count = '0',
  open = count,
]: readonly string[]): Promise<void> => {
  const call = httpClient(base, patience);
  const numbers = Array.from({ length: Number(count) }, (_, index) => Number(from) + index);
  const answers = await inParallel(numbers, Number(open), (number) => {
    const orderNumber = `BUYER-${number}-WAIT`;
    const body = { orderNumber, orderDate: dateOf(number), shipTo: address, lines: [{ sku, quantity: 1 }] };
    return call('POST', path, { token, key: orderNumber, body });
  });
  process.stdout.write(`${JSON.stringify(answers.map(({ status, body }) => ({ status, orderId: body['orderId'] })))}\n`);
};

void buy(process.argv.slice(2));
