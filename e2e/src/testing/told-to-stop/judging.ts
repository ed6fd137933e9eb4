import type { FailedRequest } from '../caller-without-patience';

/** A process that was told to stop; what it has printed where that is worth reading. */
export type Told = { readonly who: string; readonly code: number | null; readonly ms: number; readonly printed: string };

/** What the clients of a service saw. */
export type Asked = {
  readonly service: string;
  readonly answered: number;
  readonly refused: number;
  readonly turnedAway: number;
  readonly failed: readonly FailedRequest[];
};

/** What was acknowledged by name, and what of it lies in the log, each as often as it does. */
export type Effect = { readonly what: string; readonly acknowledged: readonly string[]; readonly found: readonly string[] };

export type Seen = {
  /** Whether somebody was there for every service all the time. */
  readonly served: boolean;
  readonly told: readonly Told[];
  readonly asked: readonly Asked[];
  readonly effects: readonly Effect[];
};

/** What breaks the promise, a line each. A run in which nobody was sent away has shown nothing, so it is wrong as well. */
export const wrongIn = ({ served, told, asked, effects }: Seen): readonly string[] => [
  ...told.filter(({ code }) => code !== 0).map(({ who, code, printed }) => `${who} ended with ${code ?? 'a signal'}: ${printed}`),
  ...asked.flatMap((each) => wrongRequests(each, served)),
  ...effects.flatMap(wrongEffects),
];

const wrongRequests = ({ service, answered, refused, turnedAway, failed }: Asked, served: boolean): readonly string[] => [
  ...failed.map(({ what, why }) => `${service}: ${what} failed: ${why}`),
  ...(answered === 0 ? [`${service}: nothing was answered`] : []),
  ...(served && turnedAway > 0 ? [`${service}: ${turnedAway} requests found nobody`] : []),
  ...(served && refused === 0 ? [`${service}: no connection was refused`] : []),
  ...(!served && turnedAway === 0 ? [`${service}: somebody still takes requests`] : []),
];

/** Each acknowledged effect is there once, and none of which nobody was told. */
export const wrongEffects = ({ what, acknowledged, found }: Effect): readonly string[] => {
  const times = Map.groupBy(found, (name) => name);
  const known = new Set(acknowledged);
  return [
    ...(known.size === 0 ? [`${what}: nothing was acknowledged`] : []),
    ...[...known].filter((name) => !times.has(name)).map((name) => `${what}: ${name} was acknowledged and is not there`),
    ...[...times].filter(([, all]) => all.length > 1).map(([name, all]) => `${what}: ${name} is there ${all.length} times`),
    ...[...times.keys()].filter((name) => !known.has(name)).map((name) => `${what}: ${name} is there and was not acknowledged`),
  ];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** What clients of each service saw, and each kind of effect. */
export const linesOf = ({ served, asked, effects }: Seen): readonly string[] => [
  served ? 'one by one' : 'all at once',
  ...asked.map(
    ({ service, answered, refused, failed }) =>
      `  ${service.padEnd(34)}${answered} answered, ${refused} connections refused, ${failed.length} failed`,
  ),
  ...effects.map(
    ({ what, acknowledged, found }) =>
      `  ${what.padEnd(34)}${acknowledged.length} acknowledged, ${found.length} found, ${new Set(found).size} of them different`,
  ),
];

/** All of it in a sentence. */
export const countsOf = (all: readonly Seen[]): string => {
  const told = all.flatMap((seen) => seen.told);
  const asked = all.flatMap((seen) => seen.asked);
  const effects = all.flatMap((seen) => seen.effects);
  const took = told.map(({ ms }) => ms);
  return (
    `${told.length} times told to stop, ${told.filter(({ code }) => code === 0).length} ended with 0, ` +
    `after ${Math.min(...took).toFixed(0)} to ${Math.max(...took).toFixed(0)} ms; ` +
    `${sum(asked.map(({ answered }) => answered))} requests answered, ${sum(asked.map(({ refused }) => refused))} connections refused, ` +
    `${sum(asked.map(({ failed }) => failed.length))} requests failed; ` +
    `${sum(effects.map(({ acknowledged }) => acknowledged.length))} effects acknowledged, ${sum(effects.map(({ found }) => found.length))} found`
  );
};
