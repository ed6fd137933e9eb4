import type { BenchCase } from '../bench-case';
import { durableAppends } from './durable-appends';
import { hotStream } from './hot-stream';
import { orderPath } from './order-path';
import { stockPast } from './stock-past';
import { waitingOrders } from './waiting-orders';

/** All cases by the name under which `npm run bench -- <name>` runs one alone. */
export const benchCases: Readonly<Record<string, BenchCase>> = {
  'durable-appends': durableAppends,
  'hot-stream': hotStream,
  'order-path': orderPath,
  'stock-past': stockPast,
  'waiting-orders': waitingOrders,
};
