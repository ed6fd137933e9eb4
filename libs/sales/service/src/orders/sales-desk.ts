import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { Jobs } from '@stockproof/jobs';
import type { PersonalData } from '@stockproof/personal-data';
import type {
  AllocationTerms,
  OrderLine,
  SalesOrder,
  SalesOrderCommand,
  SalesOrderEvent,
  SalesOrderRejection,
} from '@stockproof/sales-domain';
import type { Json } from '@stockproof/decider';
import { derivedId, skuKey, type AccountId, type Clock, type Instant } from '@stockproof/vocabulary';
import { allocationTerms } from '../reference/allocation-terms';
import type { KnownAccount } from '../reference/known-account';
import { salesOrderStream, type SalesOrderHandler } from '../sales.streams';

export const holdTimer = 'release-hold';

/** An order as somebody hands it in. */
export type NewOrder = {
  readonly channelId: string | null;
  readonly channelOrderNumber: string | null;
  readonly orderDate: Instant;
  readonly status: 'draft' | 'approved' | null;
  readonly warehouseId: string | null;
  readonly carrierService: string | null;
  readonly shipTo: { readonly [name: string]: Json } | null;
  readonly shipToCountry: string | null;
  readonly lines: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly needsShipping: boolean;
    readonly warehouseId: string | null;
  }[];
};

export type DeskOptions = {
  readonly orders: SalesOrderHandler;
  readonly known: KnownAccount;
  readonly personalData: PersonalData;
  readonly jobs: Jobs;
  readonly clock: Clock;
};

type Answer = Handled<SalesOrderEvent, SalesOrderRejection>;

/** Where orders are taken and dealt with: looks up what a decision needs, and hands it to the order. */
export type SalesDesk = {
  /** `unknown`: SKUs that the account does not know; then nothing was done. */
  readonly create: (
    accountId: AccountId,
    order: NewOrder,
    context: CommandContext,
  ) => Promise<
    { readonly orderId: string } & ({ readonly unknown: readonly string[] } | { readonly unknown: null; readonly handled: Answer })
  >;
  /** Commands that depend on from where the order may be served now. */
  readonly withTerms: (
    accountId: AccountId,
    orderId: string,
    command: (terms: AllocationTerms, now: Instant) => SalesOrderCommand,
    context: CommandContext,
  ) => Promise<Answer>;
  readonly handle: (accountId: AccountId, orderId: string, command: SalesOrderCommand, context: CommandContext) => Promise<Answer>;
  /** Set before the hold: a timer that finds no hold does nothing, a hold without its timer would never end. */
  readonly setHoldTimer: (accountId: AccountId, orderId: string, organizationId: string, releaseAt: Instant) => Promise<void>;
  readonly orderOf: (accountId: AccountId, orderId: string) => Promise<SalesOrder>;
};

export const salesDesk = ({ orders, known, personalData, jobs, clock }: DeskOptions): SalesDesk => {
  const handle: SalesDesk['handle'] = (accountId, orderId, command, context) =>
    orders.handle(salesOrderStream(accountId, orderId), command, context);
  const orderOf: SalesDesk['orderOf'] = async (accountId, orderId) => (await orders.load(salesOrderStream(accountId, orderId))).state;
  return {
    handle,
    orderOf,
    withTerms: async (accountId, orderId, command, context) => {
      const { warehouseId, lines } = await orderOf(accountId, orderId);
      const terms = await allocationTerms(known, accountId, { warehouseId, lines });
      return handle(accountId, orderId, command(terms, clock.now()), context);
    },
    setHoldTimer: (accountId, orderId, organizationId, releaseAt) =>
      jobs.setTimer({
        id: `${holdTimer}/${orderId}`,
        kind: holdTimer,
        dueAt: releaseAt,
        accountId,
        payload: { accountId, orderId, organizationId },
      }),
    create: async (accountId, order, context) => {
      const orderId = orderIdOf(accountId, order, context.commandId);
      const { lines, unknown } = await knownLines(known, accountId, order);
      if (unknown.length > 0) return { orderId, unknown };
      const { status, terms } = await startOf(known, accountId, order, lines);
      const { shipTo, ...rest } = order;
      const sealed = shipTo === null ? null : await personalData.seal(personalData.newSubject(), shipTo);
      const number = order.channelOrderNumber ?? `SO-${orderId.slice(0, 8).toUpperCase()}`;
      const data = { ...rest, orderId, number, status, shipTo: sealed, terms, lines, now: clock.now() };
      return { orderId, unknown: null, handled: await handle(accountId, orderId, { type: 'CreateSalesOrder', data }, context) };
    },
  };
};

/** In which status an order begins – as it says itself, else its channel, else the account – and from where it is served, if at once. */
const startOf = async (
  known: KnownAccount,
  accountId: AccountId,
  order: NewOrder,
  lines: readonly OrderLine[],
): Promise<{ readonly status: 'draft' | 'approved'; readonly terms: AllocationTerms | null }> => {
  const [settings, channel] = await Promise.all([
    known.settings(accountId),
    order.channelId === null ? null : known.salesChannel(accountId, order.channelId),
  ]);
  const status = order.status ?? channel?.defaultOrderStatus ?? settings?.defaultOrderStatus ?? 'approved';
  return {
    status,
    terms: settings?.automaticSalesWorkflow ? await allocationTerms(known, accountId, { warehouseId: order.warehouseId, lines }) : null,
  };
};

/** The natural key makes the id: a second import cannot make a second order. Without a number the command itself is the key. */
const orderIdOf = (accountId: AccountId, { channelId, channelOrderNumber }: NewOrder, commandId: string): string =>
  channelOrderNumber === null
    ? derivedId('sales-order', commandId)
    : derivedId('sales-order', accountId, channelId ?? 'api', channelOrderNumber);

const knownLines = async (
  known: KnownAccount,
  accountId: AccountId,
  { lines }: NewOrder,
): Promise<{ readonly lines: readonly OrderLine[]; readonly unknown: readonly string[] }> => {
  const variants = await known.variants(
    accountId,
    lines.map((line) => line.sku),
  );
  const unknown = lines
    .filter((line) => variants.get(skuKey(line.sku)) === undefined || variants.get(skuKey(line.sku))?.archived)
    .map((line) => line.sku);
  return {
    unknown: [...new Set(unknown)],
    lines: lines.map(({ sku, ...line }, index) => {
      const variant = variants.get(skuKey(sku));
      return { ...line, lineId: String(index + 1), sku: variant?.sku ?? sku, components: variant?.components ?? [] };
    }),
  };
};
