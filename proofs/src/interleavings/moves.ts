import { commandHandling, type CommandContext } from '@stockproof/command-handling';
import type { InMemoryEventStore } from '@stockproof/event-store';
import { reminderOf, allocationStream, itemStream, stockStreams } from '@stockproof/stock-service/testing';
import { plusMs, type Clock } from '@stockproof/vocabulary';
import { stockRequestsTopic } from '@stockproof/sales-contracts';
import type { Call } from './captured-calls';
import { labelOf } from './labels';
import { marksAfter, type Effects } from './effects';
import type { Histories, Moment } from './histories';
import { account, grantedIn, noon, type Deed, type Bounds, type Scenario } from './scenario';
import type { Input, Task } from './stock-process';
import type { Owner, World } from './world';

/** One thing that may happen next, and the world after it. */
export type Move = { readonly label: string; readonly world: World };

export type Search = { readonly scenario: Scenario; readonly bounds: Bounds; readonly histories: Histories; readonly effects: Effects };

export const clock: Clock = { now: () => noon };

/** Movers of holds are processes too; their numbers lie above those of owners. */
const firstMover = 100;

const contextOf = (name: string): CommandContext => ({
  commandId: name,
  correlationId: name,
  causationId: name,
  actor: 'user:1',
  organizationId: 'o',
  accountId: account,
});

/** Everything that may happen in a world. */
export const movesOf = async (s: Search, w: World): Promise<readonly Move[]> => {
  const moves: Move[] = [];
  for (const [index, owner] of w.owners.entries()) {
    const before = beforeMove(s, w, index === w.owners.length - 1);
    if (before) moves.push(...(await movesOfOwner(s, before, before.owners.indexOf(owner), owner)));
  }
  moves.push(...(await movesOfMovers(s, w)), ...taken(s, w), ...(await deedsOf(s, w)));
  // What comes onto the topic is noticed by nobody before the present owner looks: while it is busy, all of this can as well come later.
  if (w.owners.at(-1)?.moment.isBusy === false) moves.push(...(await movesOfSales(s, w)), ...published(w));
  if (s.scenario.anHour && w.now === noon && w.owners.length > 1)
    moves.push({ label: 'an hour passes', world: { ...w, now: plusMs(noon, 3_600_000) } });
  return moves;
};

const published = (w: World): readonly Move[] => {
  const [next, ...later] = w.unpublished;
  if (!next) return [];
  return [{ label: `stock publishes ${labelOf(next.message)}`, world: { ...w, unpublished: later, topic: [...w.topic, next] } }];
};

/** Owners take turns: an old one goes on for one stretch, until the present one does something again. `null`: it may not go on any more. */
const beforeMove = ({ bounds }: Search, w: World, isPresent: boolean): World | null => {
  if (!isPresent) {
    if (w.oldGoesOn) return w;
    return w.stretches < bounds.stretches ? { ...w, stretches: w.stretches + 1, oldGoesOn: true } : null;
  }
  if (w.owners.length === 1) return w.stretches === 0 ? w : { ...w, stretches: 0, oldGoesOn: false };
  if (!w.oldGoesOn) return w;
  return { ...w, oldGoesOn: false, owners: w.stretches < bounds.stretches ? w.owners : w.owners.slice(-1) };
};

const movesOfOwner = async (s: Search, w: World, index: number, owner: Owner): Promise<readonly Move[]> => {
  const who = `owner ${owner.moment.process}`;
  if (!owner.moment.isBusy) return index === w.owners.length - 1 ? fetches(s, w, owner, who) : [];
  const moves: Move[] = [];
  for (const { number, call } of owner.moment.pending) {
    const settle = async (w2: World, key: string, answer: () => Promise<Extract<Input, { is: 'answer' }>['answer']>): Promise<World> => {
      const input = async (): Promise<Input> => ({ now: w.now, is: 'answer', call: number, answer: await answer() });
      const moment = await s.histories.after(owner.moment, `${w.now} ${number} ${key}`, input);
      return { ...w2, owners: ownersAfter(w2.owners, index, { ...owner, moment }) };
    };
    moves.push(...(await outcomesOf(s, w, { who, call, owner, settle })));
  }
  return moves;
};

/** An old owner that has come to its end gets nothing more: its lease is gone. */
const ownersAfter = (owners: readonly Owner[], index: number, after: Owner): readonly Owner[] =>
  owners.flatMap((owner, at) => (at !== index ? [owner] : after.moment.isBusy || index === owners.length - 1 ? [after] : []));

type Asked = {
  readonly who: string;
  readonly call: Call;
  readonly owner: Owner | null;
  readonly settle: (w: World, key: string, answer: () => Promise<Extract<Input, { is: 'answer' }>['answer']>) => Promise<World>;
};

/** A call happens, is lost before anything happened, or its answer is lost after it. */
const outcomesOf = async (s: Search, w: World, asked: Asked): Promise<readonly Move[]> => {
  const { who, call, settle } = asked;
  const { world, key, answer } = await effectOf(s, w, asked);
  const moves = [{ label: `${who} ${labelOf(call)}: ${key || 'none'}`, world: await settle(world, key, answer) }];
  if (w.faults >= s.bounds.faults) return moves;
  const lost = () => Promise.resolve({ to: 'nothing', because: 'the connection was lost' } as const);
  const faulty = (after: World) => settle({ ...after, faults: w.faults + 1 }, 'lost', lost);
  moves.push({ label: `${who} ${labelOf(call)}: LOST`, world: await faulty(w) });
  if (world !== w) moves.push({ label: `${who} ${labelOf(call)}: ANSWER LOST`, world: await faulty(world) });
  return moves;
};

const effectOf = async (s: Search, w: World, { call, owner }: Asked) => {
  switch (call.asks) {
    case 'append':
      return s.effects.append(w, call);
    case 'read':
      return s.effects.read(w, call);
    case 'waiting':
      return s.effects.waiting(w, call);
    case 'commit': {
      const overtaken = owner?.from !== w.committed;
      if (overtaken || !owner)
        return { world: w, key: 'overtaken', answer: () => Promise.resolve({ to: 'nothing', because: 'overtaken' } as const) };
      const { committed, topic } = w;
      const world = {
        ...w,
        marks: marksAfter(w.marks, call.statements),
        committed: committed + owner.batch,
        topic: topic.slice(owner.batch),
      };
      return { world, key: 'committed', answer: () => Promise.resolve({ to: 'commit' } as const) };
    }
  }
};

const fetches = async (s: Search, w: World, owner: Owner, who: string): Promise<readonly Move[]> => {
  const batch = w.topic.slice(0, s.scenario.batch);
  if (batch.length === 0) return [];
  const task: Task = { task: 'batch', messages: batch.map(({ message }) => message) };
  const key = `${w.now} takes ${batch.map(({ number }) => number).join()}`;
  const moment = await s.histories.after(owner.moment, key, () => Promise.resolve({ now: w.now, is: 'task', task }));
  const owners = [...w.owners.slice(0, -1), { moment, from: w.committed, batch: batch.length }];
  return [{ label: `${who} takes ${batch.map(({ message }) => labelOf(message)).join(' + ')}`, world: { ...w, owners } }];
};

/** A new owner begins where the last commit was; the old one, if it is in the middle of something, does not know. */
const taken = ({ bounds, histories }: Search, w: World): readonly Move[] => {
  if (w.takeovers >= bounds.takeovers) return [];
  const fresh: Owner = { moment: histories.start(w.takeovers + 2), from: w.committed, batch: 0 };
  const owners = [...(bounds.stretches > 0 ? w.owners.filter(({ moment }) => moment.isBusy) : []), fresh];
  return [{ label: 'A NEW OWNER takes over', world: { ...w, owners, takeovers: w.takeovers + 1, oldGoesOn: false } }];
};

const movesOfMovers = async (s: Search, w: World): Promise<readonly Move[]> => {
  const moves: Move[] = [];
  for (const [index, move] of (s.scenario.moves ?? []).entries()) {
    const mover = w.movers[index] ?? null;
    const who = `mover ${index + 1}`;
    const at = (w2: World, moment: Moment): World => ({ ...w2, movers: w2.movers.map((each, place) => (place === index ? moment : each)) });
    if (mover === null) {
      const task: Task = { task: 'move-hold', ...move, context: contextOf(who) };
      const input = (): Promise<Input> => Promise.resolve({ now: w.now, is: 'task', task });
      const begun = await s.histories.after(s.histories.start(firstMover + index), `${w.now} begins`, input);
      moves.push({ label: `${who} begins`, world: at(w, begun) });
    }
    for (const { number, call } of mover?.pending ?? []) {
      const settle: Asked['settle'] = async (w2, key, answer) => {
        const input = async (): Promise<Input> => ({ now: w.now, is: 'answer', call: number, answer: await answer() });
        return at(w2, await s.histories.after(mover as Moment, `${w.now} ${number} ${key}`, input));
      };
      moves.push(...(await outcomesOf(s, w, { who, call, owner: null, settle })));
    }
  }
  return moves;
};

const movesOfSales = async ({ scenario, effects }: Search, w: World): Promise<readonly Move[]> => {
  const saying = scenario.sales[w.said];
  if (!saying) return [];
  const said = saying(await answersOf(w));
  if (!said) return [];
  const message = effects.messageOf({
    id: `sales-${w.said}`,
    type: said.type,
    source: 'stockproof/sales/log',
    subject: said.orderId,
    time: noon,
    topic: stockRequestsTopic,
    partitionKey: account,
    orderingKey: `${account}/${said.orderId}`,
    organizationId: 'o',
    accountId: account,
    sequence: w.said,
    sourcePosition: String(w.said),
    ordinal: 0,
    correlationId: 'c',
    causationId: 'c',
    data: said.data,
  });
  return [{ label: `sales: ${labelOf(message.message)}`, world: { ...w, said: w.said + 1, topic: [...w.topic, message] } }];
};

/** What stock has announced so far. */
export const answersOf = async (w: World): Promise<Parameters<Scenario['sales'][number]>[0]> => {
  const streams = [...w.streams.keys()].filter((stream) => stream.startsWith('stock.allocation-'));
  const events = new Map(await Promise.all(streams.map(async (stream) => [stream, await w.store.readStream(stream)] as const)));
  return (orderId, attempt) => grantedIn(events.get(allocationStream(account, orderId)) ?? [], attempt);
};

const deedsOf = async (s: Search, w: World): Promise<readonly Move[]> => {
  const moves: Move[] = [];
  for (const [index, deed] of (s.scenario.deeds ?? []).entries()) {
    if (w.done & (1 << index)) continue;
    const store = w.store.fork();
    await doDeed(store, deed, index);
    moves.push({ label: deed.name, world: { ...(await s.effects.noticed(w, store)), done: w.done | (1 << index) } });
  }
  return moves;
};

/** By the product's own command handling, in a process that knows nothing yet: it decides on what is there and appends, or refuses. */
export const doDeed = async (store: InMemoryEventStore, { name, command }: Deed, index: number): Promise<void> => {
  let made = 0;
  const newId = () => `0000dead-0000-4000-8000-${(index * 100 + (made += 1)).toString(16).padStart(12, '0')}`;
  const { items } = stockStreams(commandHandling({ store, clock, newId }));
  await items.handle(itemStream(account, command.data.sku), command, contextOf(`${name} ${index}`));
};

/** Stock reminds itself of a plan that has no outcome. */
export const reminded = ({ effects }: Search, w: World, plan: { orderId: string; attempt: number; revision: number }): Move => {
  const message = effects.messageOf(
    reminderOf({ organizationId: 'o', accountId: account, ...plan }, { logId: 'log', now: noon, index: w.reminded.size }),
  );
  const reminded = new Set([...w.reminded, `${plan.orderId}:${plan.attempt}@${plan.revision}`]);
  return { label: `stock reminds itself of ${plan.orderId}`, world: { ...w, reminded, topic: [...w.topic, message] } };
};
