import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { Jobs } from '@stockproof/jobs';
import type { PersonalData } from '@stockproof/personal-data';
import type {
  AllocationTerms,
  OrderHeader,
  OrderLine,
  SalesOrder,
  SalesOrderCommand,
  SalesOrderEvent,
  SalesOrderRejection,
} from '@stockproof/sales-domain';
import type { Json } from '@stockproof/decider';
import type { AccountSettingsV1, SalesChannelCreatedV1 } from '@stockproof/tenancy-contracts';
import { derivedId, plusMs, skuKey, type AccountId, type Clock, type Instant } from '@stockproof/vocabulary';
import { allocationTerms, unservable } from '../reference/allocation-terms';
import type { KnownAccount } from '../reference/known-account';
import { salesOrderStream, type SalesOrderHandler } from '../sales.streams';

export const holdTimer = 'release-hold';
export const cancelAfterTimer = 'cancel-after';

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
    readonly externalLineId: string | null;
    readonly title: string | null;
  }[];
  readonly header: Omit<OrderHeader, 'note'> & { readonly note: string | null };
  /** Which word of its channel it follows; 0: none. */
  readonly channelRound: number;
  /** Under whose key its personal data are sealed; `null`: a new one. */
  readonly subjectId: string | null;
};

export type DeskOptions = {
  readonly orders: SalesOrderHandler;
  readonly known: KnownAccount;
  readonly personalData: PersonalData;
  readonly jobs: Jobs;
  readonly clock: Clock;
};

type Answer = Handled<SalesOrderEvent, SalesOrderRejection>;

/** What an order names and the account does not have. */
export type Unknown = {
  readonly skus: readonly string[];
  readonly isChannelUnknown: boolean;
  /** Also those that it has and has not enabled. */
  readonly warehouseIds: readonly string[];
};

/** Where orders are taken and dealt with: looks up what a decision needs, and hands it to the order. */
export type SalesDesk = {
  /** `unknown`: what of it the account does not know; then nothing was done. */
  readonly create: (
    accountId: AccountId,
    order: NewOrder,
    context: CommandContext,
  ) => Promise<{ readonly orderId: string } & ({ readonly unknown: Unknown } | { readonly unknown: null; readonly handled: Answer })>;
  /** Its channel says it anew. SKUs have been looked up by whoever asks. */
  readonly revise: (accountId: AccountId, order: NewOrder, context: CommandContext) => Promise<Answer>;
  /** Commands that depend on from where the order may be served now. */
  readonly withTerms: (
    accountId: AccountId,
    orderId: string,
    command: (terms: AllocationTerms, now: Instant) => SalesOrderCommand,
    context: CommandContext,
  ) => Promise<Answer>;
  readonly handle: (accountId: AccountId, orderId: string, command: SalesOrderCommand, context: CommandContext) => Promise<Answer>;
  /** With `releaseAt` the hold ends by itself, also where that has passed before it begins. */
  readonly hold: (
    accountId: AccountId,
    hold: { readonly orderId: string; readonly reason: string; readonly releaseAt: Instant | null },
    context: CommandContext,
  ) => Promise<Answer>;
  /** As the stream has it: a worker or another api may have written since this process last looked. */
  readonly orderOf: (accountId: AccountId, orderId: string) => Promise<SalesOrder>;
};

export const salesDesk = ({ orders, known, personalData, jobs, clock }: DeskOptions): SalesDesk => {
  const handle: SalesDesk['handle'] = (accountId, orderId, command, context) =>
    orders.handle(salesOrderStream(accountId, orderId), command, context);
  const orderOf: SalesDesk['orderOf'] = async (accountId, orderId) => (await orders.loadLatest(salesOrderStream(accountId, orderId))).state;
  const { setTimer, setHoldTimer, releaseIfLate } = timersOf({ jobs, clock });
  const withTerms: SalesDesk['withTerms'] = async (accountId, orderId, command, context) => {
    const { warehouseId, lines } = await orderOf(accountId, orderId);
    const terms = await allocationTerms(known, accountId, { warehouseId, lines });
    return handle(accountId, orderId, command(terms, clock.now()), context);
  };
  /** What creating and revising say alike; the timer is set before, as one that finds nothing to do does nothing. */
  const saidBy = async (accountId: AccountId, orderId: string, order: NewOrder, { organizationId }: CommandContext) => {
    const { orderDate, warehouseId, carrierService, shipToCountry, channelRound, header } = order;
    const subjectId = order.subjectId ?? personalData.newSubject();
    const seal = (plain: Json | null) => (plain === null ? null : personalData.seal(subjectId, plain));
    const [shipTo, note] = [await seal(order.shipTo), await seal(header.note)];
    if (header.cancelAfter !== null) await setTimer(cancelAfterTimer, accountId, orderId, { organizationId, dueAt: header.cancelAfter });
    return { orderId, orderDate, warehouseId, carrierService, shipTo, shipToCountry, channelRound, header: { ...header, note } };
  };
  return {
    handle,
    orderOf,
    withTerms,
    hold: async (accountId, { orderId, reason, releaseAt }, context) => {
      if (releaseAt !== null) await setHoldTimer(accountId, orderId, context.organizationId, releaseAt);
      const held = await withTerms(
        accountId,
        orderId,
        (terms, now) => ({ type: 'HoldSalesOrder', data: { orderId, reason, releaseAt, terms, now } }),
        context,
      );
      if (releaseAt !== null) await releaseIfLate(accountId, orderId, context, releaseAt);
      return held;
    },
    create: async (accountId, order, context) => {
      const orderId = orderIdOf(accountId, order, context.commandId);
      const { channel, lines, unknown } = await knownOf(known, accountId, order);
      if (unknown !== null) return { orderId, unknown };
      const start = await startOf(known, accountId, order, { lines, channel, now: clock.now() });
      const releaseAt = start.hold === null ? null : releaseOf(await orderOf(accountId, orderId), start.hold.releaseAt);
      if (releaseAt !== null) await setHoldTimer(accountId, orderId, context.organizationId, releaseAt);
      const said = { ...(await saidBy(accountId, orderId, order, context)), lines, now: clock.now() };
      const { channelId, channelOrderNumber } = order;
      const data = { ...said, ...start, number: channelOrderNumber ?? ownNumberOf(orderId), channelId, channelOrderNumber };
      const handled = await handle(accountId, orderId, { type: 'CreateSalesOrder', data }, context);
      if (releaseAt !== null) await releaseIfLate(accountId, orderId, context, releaseAt);
      return { orderId, unknown: null, handled };
    },
    revise: async (accountId, order, context) => {
      const orderId = orderIdOf(accountId, order, context.commandId);
      const { lines } = await knownLines(known, accountId, order);
      const [settings, terms, said] = await Promise.all([
        known.settings(accountId),
        allocationTerms(known, accountId, { warehouseId: order.warehouseId, lines }),
        saidBy(accountId, orderId, order, context),
      ]);
      const data = { ...said, lines, terms, automatic: settings.automaticSalesWorkflow, now: clock.now() };
      return handle(accountId, orderId, { type: 'ReviseSalesOrder', data }, context);
    },
  };
};

/** What comes to an order in time. */
const timersOf = ({ jobs, clock }: Pick<DeskOptions, 'jobs' | 'clock'>) => {
  const setTimer = (
    kind: string,
    accountId: AccountId,
    orderId: string,
    { organizationId, dueAt }: { readonly organizationId: string; readonly dueAt: Instant },
  ): Promise<void> => jobs.setTimer({ id: `${kind}/${orderId}`, kind, dueAt, accountId, payload: { accountId, orderId, organizationId } });
  /** Set before the hold: a timer that finds no hold does nothing, a hold without its timer would never end. */
  const setHoldTimer = (accountId: AccountId, orderId: string, organizationId: string, releaseAt: Instant): Promise<void> =>
    setTimer(holdTimer, accountId, orderId, { organizationId, dueAt: releaseAt });
  /** A time that came before the hold was there found nothing to release: it has to come once more. */
  const releaseIfLate = async (accountId: AccountId, orderId: string, { organizationId }: CommandContext, releaseAt: Instant) => {
    if (releaseAt <= clock.now()) await setHoldTimer(accountId, orderId, organizationId, releaseAt);
  };
  return { setTimer, setHoldTimer, releaseIfLate };
};

type Start = {
  readonly status: 'draft' | 'approved';
  readonly terms: AllocationTerms | null;
  readonly hold: { readonly reason: string; readonly releaseAt: Instant } | null;
};

/** How an order begins – as it says itself, else its channel, else the account –, whether it is held first, and from where it is served, if at once. */
const startOf = async (
  known: KnownAccount,
  accountId: AccountId,
  order: NewOrder,
  { lines, channel, now }: { readonly lines: readonly OrderLine[]; readonly channel: SalesChannelCreatedV1 | null; readonly now: Instant },
): Promise<Start> => {
  const settings = await known.settings(accountId);
  const status = order.status ?? statusBy(channel, settings);
  const hold = status === 'approved' ? firstHold(channel, now) : null;
  const isServed = hold !== null || settings.automaticSalesWorkflow;
  const terms = isServed ? await allocationTerms(known, accountId, { warehouseId: order.warehouseId, lines }) : null;
  return { status, terms, hold };
};

const statusBy = (channel: SalesChannelCreatedV1 | null, settings: AccountSettingsV1): Start['status'] =>
  channel?.defaultOrderStatus ?? settings.defaultOrderStatus;

const firstHold = (channel: SalesChannelCreatedV1 | null, now: Instant): Start['hold'] => {
  const delayMs = channel?.holdDelayMs ?? 0;
  return delayMs > 0 ? { reason: 'hold delay of the channel', releaseAt: plusMs(now, delayMs) } : null;
};

/** An order that is there, and said again, keeps the time that it has. */
const releaseOf = ({ orderId, releaseAt }: SalesOrder, asNew: Instant): Instant | null => (orderId === null ? asNew : releaseAt);

const ownNumberOf = (orderId: string): string => `SO-${orderId.slice(0, 8).toUpperCase()}`;

/** The natural key makes the id: a second import cannot make a second order. Without a number the command itself is the key. */
export const orderIdOf = (
  accountId: AccountId,
  { channelId, channelOrderNumber }: Pick<NewOrder, 'channelId' | 'channelOrderNumber'>,
  commandId: string,
): string =>
  channelOrderNumber === null
    ? derivedId('sales-order', commandId)
    : derivedId('sales-order', accountId, channelId ?? 'api', channelOrderNumber);

/** What an order names, as its account has it; `unknown` where it has not all of it. */
const knownOf = async (known: KnownAccount, accountId: AccountId, order: NewOrder) => {
  const { channelId } = order;
  const [{ lines, unknown: skus }, warehouses, channel] = await Promise.all([
    knownLines(known, accountId, order),
    known.warehouses(accountId),
    channelId === null ? null : known.salesChannel(accountId, channelId),
  ]);
  const isChannelUnknown = channelId !== null && channel === null;
  const warehouseIds = unservable(warehouses, order);
  const isAllKnown = skus.length === 0 && !isChannelUnknown && warehouseIds.length === 0;
  return { channel, lines, unknown: isAllKnown ? null : { skus, isChannelUnknown, warehouseIds } };
};

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
