import { inMemoryEventStore } from '@stockproof/event-store';
import { auditOf, type Audit } from './audit';
import { effectsOf } from './effects';
import { histories } from './histories';
import { clock, doDeed, movesOf, reminded, type Move, type Search } from './moves';
import { A, adjusts, B, type Bounds, type Scenario } from './scenario';
import { theProduct, type Twin } from './twin';
import { nameOf, type World } from './world';

export type Searched = {
  readonly states: number;
  readonly transitions: number;
  /** Histories of processes that were told apart, each of them run by the product's code. */
  readonly histories: number;
  /** Inputs that the product's code was run with. */
  readonly inputs: number;
  /** Steps of the longest shortest way to a state. */
  readonly depth: number;
  /** States in which nobody had anything left to do. */
  readonly atRest: number;
  /** False: given up at `most` states. */
  readonly isWhole: boolean;
  readonly seconds: number;
  /** The first state that must not be, and the shortest way there. */
  readonly found: { readonly problems: readonly string[]; readonly schedule: readonly string[] } | null;
};

type Known = { readonly label: string; readonly before: number };
type Reached = { readonly world: World; readonly place: number };

/** Every state that a scenario can reach, in the order of their distance; ends at the first that is wrong. */
export const search = async (
  scenario: Scenario,
  bounds: Bounds,
  { twin = theProduct, most = 3_000_000 }: { readonly twin?: Twin; readonly most?: number } = {},
): Promise<Searched> => {
  const began = performance.now();
  const s: Search = { scenario, bounds, histories: histories(twin), effects: effectsOf(twin) };
  const audit = auditOf(scenario);
  const first = await beginningOf(s);
  const map = mapOf(first);
  const seen = { transitions: 0, depth: 0, atRest: 0 };
  let front: readonly Reached[] = [{ world: first, place: 0 }];
  let found: Searched['found'] = null;
  while (front.length > 0 && found === null && map.known.length <= most) {
    const next: Reached[] = [];
    for (const reached of front) {
      found = await visit({ s, audit, twin, map, seen }, reached, next);
      if (found) break;
    }
    front = next;
    seen.depth += Math.min(1, next.length);
  }
  const { moments, run } = s.histories.counts();
  return {
    ...seen,
    states: map.known.length,
    histories: moments,
    inputs: run,
    isWhole: front.length === 0 || found !== null,
    seconds: (performance.now() - began) / 1_000,
    found,
  };
};

/** Which states are known, and how each was first reached. */
const mapOf = (first: World) => ({
  names: new Set([nameOf(first)]),
  known: [{ label: '', before: -1 }] as Known[],
  labels: new Map<string, string>(),
});

type Visiting = {
  readonly s: Search;
  readonly audit: Audit;
  readonly twin: Twin;
  readonly map: ReturnType<typeof mapOf>;
  readonly seen: { transitions: number; depth: number; atRest: number };
};

/** Looks at a state and at all that follow; those that are new are put into `next`. Answers what is wrong. */
const visit = async ({ s, audit, twin, map, seen }: Visiting, { world, place }: Reached, next: Reached[]): Promise<Searched['found']> => {
  const { moves, rests } = await goOn(s, audit, world, twin);
  seen.atRest += rests ? 1 : 0;
  const wrong = rests ? await audit.atRest(world) : [];
  if (wrong.length > 0) return { problems: wrong, schedule: scheduleTo(map.known, place) };
  for (const move of moves) {
    seen.transitions += 1;
    const name = nameOf(move.world);
    if (map.names.has(name)) continue;
    map.names.add(name);
    map.known.push({ label: map.labels.get(move.label) ?? remember(map.labels, move.label), before: place });
    const reached = { world: move.world, place: map.known.length - 1 };
    const problems = await audit.now(reached.world);
    if (problems.length > 0) return { problems, schedule: scheduleTo(map.known, reached.place) };
    next.push(reached);
  }
  return null;
};

const remember = (labels: Map<string, string>, label: string): string => {
  labels.set(label, label);
  return label;
};

/** What may happen next. Where nothing is left to do but plans are open, stock reminds itself of them – once of each. */
const goOn = async (
  s: Search,
  audit: Audit,
  w: World,
  twin: Twin,
): Promise<{ readonly moves: readonly Move[]; readonly rests: boolean }> => {
  const moves = await movesOf(s, w);
  if (!isQuiet(w)) return { moves, rests: false };
  const open = twin.reminds === false ? [] : await audit.openPlans(w);
  const fresh = open.filter(({ orderId, attempt, revision }) => !w.reminded.has(`${orderId}:${attempt}@${revision}`));
  return { moves: [...moves, ...fresh.map((plan) => reminded(s, w, plan))], rests: fresh.length === 0 };
};

/** The present owner is idle and all messages are worked off. Others in the middle of something may be dead: they disturb no rest. */
const isQuiet = (w: World): boolean => w.topic.length === 0 && w.unpublished.length === 0 && w.owners.at(-1)?.moment.isBusy === false;

const scheduleTo = (known: readonly Known[], place: number): readonly string[] => {
  const schedule: string[] = [];
  for (let at = known[place]; at && at.before >= 0; at = known[at.before]) schedule.unshift(at.label);
  return schedule;
};

const beginningOf = async (s: Search): Promise<World> => {
  const { scenario, histories: all, effects } = s;
  const store = inMemoryEventStore({ clock, logId: 'log' });
  let deeds = 1_000;
  for (const [sku, quantities] of Object.entries(scenario.stock))
    for (const [index, warehouseId] of [A, B].entries())
      if (quantities[index] !== 0) await doDeed(store, adjusts(sku, quantities[index] ?? 0, warehouseId), (deeds += 1));
  const empty: World = {
    store: inMemoryEventStore({ clock, logId: 'log' }),
    streams: new Map(),
    unpublished: [],
    topic: [],
    committed: 0,
    marks: new Map(),
    owners: [{ moment: all.start(1), from: 0, batch: 0 }],
    movers: (scenario.moves ?? []).map(() => null),
    said: 0,
    done: 0,
    reminded: new Set(),
    takeovers: 0,
    stretches: 0,
    oldGoesOn: false,
    faults: 0,
    now: clock.now(),
  };
  // What is on hand from the start wakes nobody any more.
  let world: World = { ...(await effects.noticed(empty, store)), unpublished: [] };
  for (let said = 0; said < (scenario.atOnce ?? 0); said++) {
    const moves = await movesOf(
      { ...s, bounds: { takeovers: 0, stretches: 0, faults: 0 }, scenario: { ...scenario, deeds: [], moves: [] } },
      { ...world, topic: [] },
    );
    const [move] = moves;
    if (move) world = { ...move.world, topic: [...world.topic, ...move.world.topic] };
  }
  return world;
};
