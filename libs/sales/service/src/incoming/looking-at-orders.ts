import type { CommandContext } from '@stockproof/command-handling';
import type { PersonalData } from '@stockproof/personal-data';
import { judge, type OfferedOrder, type Outcome } from '@stockproof/sales-domain';
import { derivedId, type AccountId, type Clock } from '@stockproof/vocabulary';
import type { SalesDesk } from '../orders/sales-desk';
import type { KnownAccount } from '../reference/known-account';
import { incomingOrderStream, type IncomingOrderHandler } from '../sales.streams';
import { openContent } from './content';
import { cancelEntered, enterOrder, type Entered, type Entering } from './entering-orders';
import type { WaitingForSkus } from './waiting-for-skus';
import { whatIsKnown } from './what-is-known';

export type LookingAtOrders = {
  readonly incoming: IncomingOrderHandler;
  readonly desk: SalesDesk;
  readonly known: KnownAccount;
  readonly waiting: WaitingForSkus;
  readonly personalData: PersonalData;
  readonly clock: Clock;
};

/** Which order, and what made somebody look at it. */
export type Looked = { readonly accountId: AccountId; readonly orderId: string; readonly cause: CommandContext };

/** Judges what was received and not looked at yet, and enters it; nothing where somebody else has done so. Repeated after a crash it goes on. */
export const lookAt = async (options: LookingAtOrders, looked: Looked): Promise<void> => {
  const { accountId, orderId, cause } = looked;
  const stream = incomingOrderStream(accountId, orderId);
  const { state, content, round, channelId } = (await options.incoming.load(stream)).state;
  if (state !== 'received' || content === null) return;
  const order = (await openContent(options.personalData, content))?.order;
  // Forgotten meanwhile: nothing is left to enter.
  if (!order) return;
  const known = await whatIsKnown(options.known, accountId, channelId, order);
  const entering = { accountId, orderId, channelId, round, subjectId: content.subjectId, order, known };
  const outcome = await outcomeOf(options, { ...entering, context: step(looked, 'enter-order', round) });
  const missing = outcome.is === 'wanting' ? outcome.missingSkus : [];
  // Noted before it is settled, so that a SKU that appears now finds it.
  await options.waiting.wait(accountId, orderId, missing);
  const settled = { type: 'SettleIncomingOrder', data: { orderId, round, outcome, now: options.clock.now() } } as const;
  await options.incoming.handle(stream, settled, step(looked, 'settle-order', round));
  if (missing.length > 0 && (await hasAppeared(options, looked, { channelId, order, missing }))) {
    const because = 'a SKU has appeared';
    const again = { type: 'RetryIncomingOrder', data: { orderId, because, now: options.clock.now() } } as const;
    const retried = await options.incoming.handle(stream, again, step(looked, 'look-again', round));
    if (retried.outcome === 'accepted' && !retried.repeated) await lookAt(options, { accountId, orderId, cause });
  }
};

/** The same round has the same commands, whoever looks. */
const step = ({ accountId, orderId, cause }: Looked, name: string, round: number): CommandContext => ({
  ...cause,
  commandId: derivedId(name, accountId, orderId, round),
  causationId: cause.commandId,
});

/** What appeared between the look and the note that it is waited for has told nobody. */
const hasAppeared = async (
  options: LookingAtOrders,
  { accountId }: Looked,
  seen: { readonly channelId: string | null; readonly order: OfferedOrder; readonly missing: readonly string[] },
): Promise<boolean> => {
  const known = await whatIsKnown(options.known, accountId, seen.channelId, seen.order);
  return judge(seen.order, known).missingSkus.length < seen.missing.length;
};

const unwanted = new Set(['cancelled', 'refunded', 'failed']);

const outcomeOf = async ({ desk, clock }: LookingAtOrders, entering: Entering): Promise<Outcome> => {
  const { accountId, orderId, order, known } = entering;
  if (order.state !== 'open') {
    const isEntered = (await desk.orderOf(accountId, orderId)).orderId !== null;
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
