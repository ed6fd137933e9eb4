import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { Json } from '@stockproof/decider';
import { PersonWasForgotten } from '@stockproof/personal-data';
import type {
  IncomingOrderCommand,
  IncomingOrderEvent,
  IncomingOrderRejection,
  IncomingOrderState,
  OfferedOrder,
  Problem,
  Way,
} from '@stockproof/sales-domain';
import { derivedId, skuKey, type AccountId, type Sku } from '@stockproof/vocabulary';
import { orderIdOf } from '../orders/sales-desk';
import { incomingOrderStream } from '../sales.streams';
import { digestOf, openContent, sealContent, type Content } from './content';
import { lookAt, type LookingAtOrders } from './looking-at-orders';

/** For whom something comes in, from where and how. */
export type Sender = {
  readonly accountId: AccountId;
  readonly organizationId: string;
  readonly channelId: string | null;
  readonly way: Way;
  readonly actor: string;
  /** Where what sends it may send it again after a crash under the same id. Default: the same content has the same id. */
  readonly commandId?: string;
};

/** How an incoming order stands. */
export type Standing = { readonly orderId: string; readonly state: IncomingOrderState; readonly problems: readonly Problem[] };
/** `isNews`: the channel had not said this before. */
export type Received = Standing & { readonly isNews: boolean };

export type Correction = Partial<OfferedOrder>;

type Answer = Handled<IncomingOrderEvent, IncomingOrderRejection>;
type Asked = { readonly context: CommandContext; readonly expectedRevision: number | null };

/** Where orders of channels come in and are dealt with. */
export type IncomingDesk = {
  /** Keeps what came, judges it, and enters the order; repeated after any crash it goes on where it was. */
  readonly take: (sender: Sender, received: { readonly original: Json; readonly order: OfferedOrder }) => Promise<Received>;
  /** Kept where people see it, as nothing can be done with it. */
  readonly keepUnreadable: (sender: Sender, unreadable: { readonly original: Json; readonly problem: string }) => Promise<Received>;
  readonly correct: (accountId: AccountId, orderId: string, correction: Correction, asked: Asked) => Promise<Answer>;
  readonly retry: (accountId: AccountId, orderId: string, because: string, context: CommandContext) => Promise<Answer>;
  readonly ignore: (accountId: AccountId, orderId: string, reason: string, context: CommandContext) => Promise<Answer>;
  /** Orders that waited for this SKU are tried again. */
  readonly skuAppeared: (accountId: AccountId, sku: Sku, context: CommandContext) => Promise<void>;
  readonly standing: (accountId: AccountId, orderId: string) => Promise<Standing>;
};

export const incomingDesk = (options: LookingAtOrders): IncomingDesk => ({
  ...receiving(options),
  ...byHand(options),
  standing: (accountId, orderId) => standingOf(options, accountId, orderId),
  skuAppeared: async (accountId, sku, context) => {
    for (const orderId of await options.waiting.whoWaitsFor(accountId, skuKey(sku))) {
      const { state } = (await options.incoming.loadLatest(incomingOrderStream(accountId, orderId))).state;
      const cause = { ...context, commandId: derivedId('sku-appeared', context.commandId, orderId) };
      const again = { type: 'RetryIncomingOrder', data: { orderId, because: `${sku} has appeared`, now: options.clock.now() } } as const;
      if (state === 'waiting') await options.incoming.handle(incomingOrderStream(accountId, orderId), again, cause);
      await lookAt(options, { accountId, orderId, cause });
    }
  },
});

/** As it stands now: what another process heard meanwhile is neither said again nor corrected over. */
const stateOf = async ({ incoming }: LookingAtOrders, accountId: AccountId, orderId: string) =>
  (await incoming.loadLatest(incomingOrderStream(accountId, orderId))).state;

const standingOf = async (options: LookingAtOrders, accountId: AccountId, orderId: string): Promise<Standing> => {
  const { state, problems } = (await options.incoming.load(incomingOrderStream(accountId, orderId))).state;
  return { orderId, state, problems: state === 'waiting' ? problems : [] };
};

type Kept = { readonly orderId: string; readonly digest: string; readonly content: Content; readonly unreadable: string | null };

const receiving = (options: LookingAtOrders): Pick<IncomingDesk, 'take' | 'keepUnreadable'> => ({
  take: (sender, { original, order }) => {
    const orderId = orderIdOf(sender.accountId, { channelId: sender.channelId, channelOrderNumber: order.orderNumber }, '');
    return keep(options, sender, { orderId, digest: digestOf(order), content: { original, order }, unreadable: null });
  },
  keepUnreadable: (sender, { original, problem }) => {
    const digest = digestOf(original);
    const orderId = derivedId('unreadable-order', sender.accountId, sender.channelId ?? 'api', digest);
    return keep(options, sender, { orderId, digest, content: { original, order: null }, unreadable: problem });
  },
});

const keep = async (options: LookingAtOrders, sender: Sender, kept: Kept): Promise<Received> => {
  const { accountId, organizationId, actor } = sender;
  const { orderId, digest } = kept;
  const before = await stateOf(options, accountId, orderId);
  const isSaidAgain = before.digest === digest;
  const commandId = sender.commandId ?? derivedId('receive-order', accountId, orderId, digest, before.round + (isSaidAgain ? 0 : 1));
  const cause = { commandId, correlationId: orderId, causationId: commandId, actor, organizationId, accountId };
  let isNews = false;
  if (!isSaidAgain || sender.commandId !== undefined) {
    const command = await receiptOf(options, sender, kept, before.content?.subjectId ?? null).catch(unlessForgotten);
    if (command === null) return { ...(await standingOf(options, accountId, orderId)), isNews: false };
    const handled = await options.incoming.handle(incomingOrderStream(accountId, orderId), command, cause);
    if (handled.outcome === 'rejected') throw new Error(`the incoming order ${orderId}: ${handled.rejection.type}`);
    isNews = handled.events.length > 0;
  }
  await lookAt(options, { accountId, orderId, cause });
  return { ...(await standingOf(options, accountId, orderId)), isNews };
};

/** Channels say an order again long after the person was forgotten: nothing of it is kept, and what comes behind it goes on. */
const unlessForgotten = (error: unknown): null => {
  if (error instanceof PersonWasForgotten) return null;
  throw error;
};

/** Sealed under the key of what came before, so that forgetting a person forgets all of it. */
const receiptOf = async (
  { personalData, clock }: LookingAtOrders,
  { channelId, way }: Sender,
  { orderId, digest, content, unreadable }: Kept,
  subjectId: string | null,
): Promise<IncomingOrderCommand> => {
  const sealed = await sealContent(personalData, subjectId ?? personalData.newSubject(), content);
  const { orderNumber, state, placedAt } = content.order ?? { orderNumber: null, state: 'open' as const, placedAt: null };
  const data = { orderId, channelId, orderNumber, way, digest, shopState: state, placedAt, content: sealed, unreadable };
  return { type: 'ReceiveIncomingOrder', data: { ...data, now: clock.now() } };
};

const byHand = (options: LookingAtOrders): Pick<IncomingDesk, 'correct' | 'retry' | 'ignore'> => {
  const { incoming, personalData, clock } = options;
  const handle = (accountId: AccountId, orderId: string, command: IncomingOrderCommand, { context, expectedRevision }: Asked) =>
    incoming.handle(incomingOrderStream(accountId, orderId), command, context, expectedRevision === null ? {} : { expectedRevision });
  const lookedAt = async (accountId: AccountId, orderId: string, handled: Answer, cause: CommandContext): Promise<Answer> => {
    if (handled.outcome === 'accepted') await lookAt(options, { accountId, orderId, cause });
    return handled;
  };
  return {
    correct: async (accountId, orderId, correction, asked) => {
      const { content } = await stateOf(options, accountId, orderId);
      const opened = content === null ? null : await openContent(personalData, content);
      const corrected = { original: opened?.original ?? null, order: opened?.order ? { ...opened.order, ...correction } : null };
      const sealed = opened === null || content === null ? content : await sealContent(personalData, content.subjectId, corrected);
      // Without anything to correct the order itself says no, whatever is handed to it.
      const data = { orderId, content: sealed ?? { subjectId: '', sealed: '' }, now: clock.now() };
      const handled = await handle(accountId, orderId, { type: 'CorrectIncomingOrder', data }, asked);
      return lookedAt(accountId, orderId, handled, asked.context);
    },
    retry: async (accountId, orderId, because, context) => {
      const data = { orderId, because, now: clock.now() };
      const handled = await handle(accountId, orderId, { type: 'RetryIncomingOrder', data }, { context, expectedRevision: null });
      return lookedAt(accountId, orderId, handled, context);
    },
    ignore: (accountId, orderId, reason, context) =>
      handle(
        accountId,
        orderId,
        { type: 'IgnoreIncomingOrder', data: { orderId, reason, now: clock.now() } },
        { context, expectedRevision: null },
      ),
  };
};
