import { createHash } from 'node:crypto';
import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { Json } from '@stockproof/decider';
import type { PersonalData } from '@stockproof/personal-data';
import {
  judge,
  type IncomingOrderEvent,
  type IncomingOrderRejection,
  type IncomingOrderState,
  type OfferedOrder,
  type Outcome,
  type Problem,
  type Sealed,
  type Way,
} from '@stockproof/sales-domain';
import { derivedId, skuKey, type AccountId, type Clock, type Sku } from '@stockproof/vocabulary';
import { orderIdOf, type SalesDesk } from '../orders/sales-desk';
import type { KnownAccount } from '../reference/known-account';
import { incomingOrderStream, type IncomingOrderHandler } from '../sales.streams';
import { cancelEntered, enterOrder, type Entered, type Entering } from './entering-orders';
import type { WaitingForSkus } from './waiting-for-skus';
import { whatIsKnown } from './what-is-known';

/** For whom something comes in, from where and how. */
export type Sender = {
  readonly accountId: AccountId;
  readonly organizationId: string;
  readonly channelId: string | null;
  readonly way: Way;
  readonly actor: string;
};

/** How an incoming order stands after somebody dealt with it. `isNews`: the channel had not said this before. */
export type Standing = {
  readonly orderId: string;
  readonly state: IncomingOrderState;
  readonly problems: readonly Problem[];
  readonly isNews: boolean;
};

type Answer = Handled<IncomingOrderEvent, IncomingOrderRejection>;

export type IncomingDesk = {
  /** Keeps what came, judges it, and enters the order; repeated after any crash it goes on where it was. */
  readonly take: (sender: Sender, received: { readonly original: Json; readonly order: OfferedOrder }) => Promise<Standing>;
  /** Kept where people see it, as nothing can be done with it. */
  readonly keepUnreadable: (sender: Sender, unreadable: { readonly original: Json; readonly problem: string }) => Promise<Standing>;
  readonly correct: (accountId: AccountId, orderId: string, correction: Correction, options: Asked) => Promise<Answer>;
  readonly retry: (accountId: AccountId, orderId: string, because: string, context: CommandContext) => Promise<Answer>;
  readonly ignore: (accountId: AccountId, orderId: string, reason: string, context: CommandContext) => Promise<Answer>;
  /** Orders that waited for this SKU are tried again. */
  readonly skuAppeared: (of: { readonly accountId: AccountId; readonly sku: Sku }, context: CommandContext) => Promise<void>;
  readonly standing: (accountId: AccountId, orderId: string) => Promise<Omit<Standing, 'isNews'>>;
};

export type Correction = Partial<OfferedOrder>;
type Asked = { readonly context: CommandContext; readonly expectedRevision: number | null };

export type IncomingDeskOptions = {
  readonly incoming: IncomingOrderHandler;
  readonly desk: SalesDesk;
  readonly known: KnownAccount;
  readonly waiting: WaitingForSkus;
  readonly personalData: PersonalData;
  readonly clock: Clock;
};

type Content = { readonly original: Json; readonly order: OfferedOrder | null };

export const incomingDesk = (options: IncomingDeskOptions): IncomingDesk => {
  const { incoming, personalData, clock } = options;
  const load = async (accountId: AccountId, orderId: string) => (await incoming.load(incomingOrderStream(accountId, orderId))).state;
  const standing: IncomingDesk['standing'] = async (accountId, orderId) => {
    const { state, problems } = await load(accountId, orderId);
    return { orderId, state, problems: state === 'waiting' ? problems : [] };
  };
  const handle = (
    accountId: AccountId,
    orderId: string,
    command: Parameters<IncomingOrderHandler['handle']>[1],
    { context, expectedRevision }: Asked,
  ) => incoming.handle(incomingOrderStream(accountId, orderId), command, context, expectedRevision === null ? {} : { expectedRevision });

  const keep = async (
    { accountId, organizationId, channelId, way, actor }: Sender,
    {
      orderId,
      digest,
      content,
      unreadable,
    }: { readonly orderId: string; readonly digest: string; readonly content: Content; readonly unreadable: string | null },
  ): Promise<Standing> => {
    const before = await load(accountId, orderId);
    const { order } = content;
    const round = before.round + 1;
    const commandId = derivedId('receive-order', accountId, orderId, digest, before.digest === digest ? before.round : round);
    const context = { commandId, correlationId: orderId, causationId: commandId, actor, organizationId, accountId };
    if (before.digest !== digest) {
      const sealed = await personalData.seal(before.content?.subjectId ?? personalData.newSubject(), content as unknown as Json);
      const data = {
        orderId,
        channelId,
        orderNumber: order?.orderNumber ?? null,
        way,
        digest,
        content: sealed,
        unreadable,
        now: clock.now(),
      };
      const more = { shopState: order?.state ?? ('open' as const), placedAt: order?.placedAt ?? null };
      const handled = await handle(
        accountId,
        orderId,
        { type: 'ReceiveIncomingOrder', data: { ...data, ...more } },
        { context, expectedRevision: null },
      );
      if (handled.outcome === 'rejected') throw new Error(`the incoming order ${orderId}: ${handled.rejection.type}`);
    }
    await goOn(options, accountId, orderId, context);
    return { ...(await standing(accountId, orderId)), isNews: before.digest !== digest };
  };

  return {
    standing,
    take: (sender, { original, order }) => {
      const orderId = orderIdOf(sender.accountId, { channelId: sender.channelId, channelOrderNumber: order.orderNumber }, '');
      return keep(sender, { orderId, digest: digestOf(order), content: { original, order }, unreadable: null });
    },
    keepUnreadable: (sender, { original, problem }) => {
      const digest = digestOf(original);
      const orderId = derivedId('unreadable-order', sender.accountId, sender.channelId ?? 'api', digest);
      return keep(sender, { orderId, digest, content: { original, order: null }, unreadable: problem });
    },
    correct: async (accountId, orderId, correction, asked) => {
      const { content } = await load(accountId, orderId);
      const opened = content === null ? null : await contentOf(personalData, content);
      const corrected = { original: opened?.original ?? null, order: opened?.order ? { ...opened.order, ...correction } : null };
      const sealed =
        content === null ? { subjectId: '', sealed: '' } : await personalData.seal(content.subjectId, corrected as unknown as Json);
      const handled = await handle(
        accountId,
        orderId,
        { type: 'CorrectIncomingOrder', data: { orderId, content: sealed, now: clock.now() } },
        asked,
      );
      if (handled.outcome === 'accepted') await goOn(options, accountId, orderId, asked.context);
      return handled;
    },
    retry: async (accountId, orderId, because, context) => {
      const handled = await handle(
        accountId,
        orderId,
        { type: 'RetryIncomingOrder', data: { orderId, because, now: clock.now() } },
        { context, expectedRevision: null },
      );
      if (handled.outcome === 'accepted') await goOn(options, accountId, orderId, context);
      return handled;
    },
    ignore: (accountId, orderId, reason, context) =>
      handle(
        accountId,
        orderId,
        { type: 'IgnoreIncomingOrder', data: { orderId, reason, now: clock.now() } },
        { context, expectedRevision: null },
      ),
    skuAppeared: async ({ accountId, sku }, context) => {
      for (const orderId of await options.waiting.whoWaitsFor(accountId, skuKey(sku))) {
        const { state } = await load(accountId, orderId);
        if (state !== 'waiting' && state !== 'received') continue;
        const command = { type: 'RetryIncomingOrder', data: { orderId, because: `${sku} has appeared`, now: clock.now() } } as const;
        const again = { ...context, commandId: derivedId('sku-appeared', context.commandId, orderId) };
        await handle(accountId, orderId, command, { context: again, expectedRevision: null });
        await goOn(options, accountId, orderId, again);
      }
    },
  };
};

/** Looks at what was received and not looked at yet; nothing where somebody else has done so. */
const goOn = async (options: IncomingDeskOptions, accountId: AccountId, orderId: string, cause: CommandContext): Promise<void> => {
  const { incoming, personalData, waiting, clock } = options;
  const { state, content, round, channelId } = (await incoming.load(incomingOrderStream(accountId, orderId))).state;
  if (state !== 'received' || content === null) return;
  const opened = await contentOf(personalData, content);
  // Forgotten meanwhile: nothing is left to enter.
  if (!opened?.order) return;
  const known = await whatIsKnown(options.known, accountId, channelId, opened.order);
  const context = { ...cause, commandId: derivedId('enter-order', accountId, orderId, round), causationId: cause.commandId };
  const outcome = await outcomeOf(options, {
    accountId,
    orderId,
    channelId,
    round,
    subjectId: content.subjectId,
    order: opened.order,
    known,
    context,
  });
  const missing = outcome.is === 'wanting' ? outcome.missingSkus : [];
  await waiting.wait(accountId, orderId, missing);
  const settled = { type: 'SettleIncomingOrder', data: { orderId, round, outcome, now: clock.now() } } as const;
  await incoming.handle(incomingOrderStream(accountId, orderId), settled, {
    ...context,
    commandId: derivedId('settle-order', accountId, orderId, round),
  });
  // What appeared between the look and the note that it is waited for told nobody.
  if (missing.length === 0) return;
  const now = await whatIsKnown(options.known, accountId, channelId, opened.order);
  if (judge(opened.order, now).missingSkus.length === missing.length) return;
  const again = { type: 'RetryIncomingOrder', data: { orderId, because: 'a SKU has appeared', now: clock.now() } } as const;
  const retried = await incoming.handle(incomingOrderStream(accountId, orderId), again, {
    ...context,
    commandId: derivedId('look-again', accountId, orderId, round),
  });
  if (retried.outcome === 'accepted' && !retried.repeated) await goOn(options, accountId, orderId, context);
};

const unwanted = new Set(['cancelled', 'refunded', 'failed']);

const outcomeOf = async ({ desk, clock }: IncomingDeskOptions, entering: Entering): Promise<Outcome> => {
  const { accountId, orderId, order, known } = entering;
  const isEntered = (await desk.orderOf(accountId, orderId)).orderId !== null;
  if (order.state !== 'open') {
    if (!isEntered) return { is: 'recorded', shopState: order.state };
    if (unwanted.has(order.state)) return taken(await cancelEntered(desk, entering, clock));
    const message = `The shop says that the order is ${order.state}`;
    return taken({ effect: 'kept', warnings: [{ field: '/state', code: `${order.state}-in-shop`, message }] });
  }
  const { problems, warnings, missingSkus } = judge(order, known);
  if (problems.length > 0) return { is: 'wanting', problems, missingSkus };
  const { effect, warnings: more } = await enterOrder(desk, entering);
  return taken({ effect, warnings: [...warnings, ...more] });
};

const taken = ({ effect, warnings }: Entered): Outcome => ({ is: 'taken', effect, warnings });

const contentOf = async (personalData: PersonalData, sealed: Sealed): Promise<Content | null> =>
  (await personalData.open(sealed)) as unknown as Content | null;

/** The same for the same content, however its properties are ordered. */
const digestOf = (content: unknown): string => createHash('sha256').update(canonical(content)).digest('hex');

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`;
};
