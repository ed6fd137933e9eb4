import type { EventStore, Position } from '@stockproof/event-store';
import { knownProblems, parsePositionToken, ProblemException, type ProblemDetail } from '@stockproof/http-problems';
import type { ViewPositions } from '@stockproof/projections';
import { sql, type TenantReader } from '@stockproof/sql';
import { parseInstant, type AccountId, type Clock, type Instant } from '@stockproof/vocabulary';

/** A moment, and the last place in the log of stock that mattered to the account by then; `null` where nothing had yet. */
export type Point = { readonly at: Instant; readonly position: Position | null };

/** Both moments of a question about the past. Asked again with the two positions it has the same answer for ever. */
export type Moments = {
  readonly asOf: Point;
  readonly knownAt: Point;
  /** What took effect until then counts; `infinity` where nobody asked for a moment. */
  readonly happenedBy: Instant | 'infinity';
  /** When what stands at the place of `knownAt` was recorded. */
  readonly knownRecordedAt: Instant | null;
};

/** What was asked: a moment with its zone or a `Stockproof-Position`; absent means now. */
export type AskedMoments = { readonly asOf?: string; readonly knownAt?: string };

export type PastMoments = {
  /**
   * Resolves both to places in the log, once these views have read up to there. 400 naming each wrong one, 503 `projection-behind`.
   */
  readonly resolve: (accountId: AccountId, asked: AskedMoments, views: readonly string[]) => Promise<Moments>;
};

type Said =
  | { readonly kind: 'now' }
  | { readonly kind: 'moment'; readonly at: Instant }
  | { readonly kind: 'position'; readonly at: Instant; readonly position: Position };

type Deps = { readonly store: EventStore; readonly views: ViewPositions; readonly reader: TenantReader; readonly clock: Clock };

/** As long as reads wait for their own writes. */
const waitMs = 2_000;

export const pastMoments = (deps: Deps): PastMoments => ({
  resolve: async (accountId, asked, views) => {
    const now = deps.clock.now();
    const [asOf, knownAt] = await Promise.all([said(deps, asked.asOf, now), said(deps, asked.knownAt, now)]);
    const errors = [...wrong('asOf', asOf), ...wrong('knownAt', knownAt)];
    if (isWrong(asOf) || isWrong(knownAt)) throw new ProblemException({ ...knownProblems.validationFailed, errors });

    await untilRead(deps, views, asOf, knownAt);
    const [happened = null, known = null] = await placesAt(deps.reader, accountId, [asOf, knownAt].map(timeOf));
    const knownPlace = knownAt.kind === 'position' ? { position: knownAt.position, recordedAt: knownAt.at } : known;
    return {
      asOf: pointOf(asOf, happened, now),
      knownAt: pointOf(knownAt, knownPlace, now),
      happenedBy: timeOf(asOf),
      knownRecordedAt: knownPlace?.recordedAt ?? null,
    };
  },
});

type Place = { readonly position: Position; readonly recordedAt: Instant };

const pointOf = (said: Said, place: Place | null, now: Instant): Point => ({
  at: said.kind === 'now' ? now : said.at,
  position: place?.position ?? null,
});

type Wrong = { readonly code: string; readonly message: string };
const isWrong = (said: Said | Wrong): said is Wrong => 'code' in said;
const wrong = (name: string, about: Said | Wrong): readonly ProblemDetail[] =>
  isWrong(about) ? [{ pointer: `/query/${name}`, code: about.code, message: about.message }] : [];

const timeOf = (said: Said): Instant | 'infinity' => (said.kind === 'now' ? 'infinity' : said.at);

export const momentOrPosition = 'must be a moment with its zone, like 2026-01-31T12:00:00Z, or a Stockproof-Position of stock';

/** Whether a text can be one of the two at all; whether there is such a position, and the moment has passed, is seen later. */
export const isMomentOrPosition = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= 250 && (parseInstant(value) !== null || parsePositionToken(value) !== null);

const said = async ({ store }: Deps, text: string | undefined, now: Instant): Promise<Said | Wrong> => {
  if (text === undefined) return { kind: 'now' };
  const token = parsePositionToken(text);
  if (token) {
    const event = token.service === 'stock' ? await store.eventAt(token.position) : null;
    if (!event) return { code: 'position', message: 'must be a Stockproof-Position of stock as it was answered' };
    return { kind: 'position', at: event.recordedAt, position: event.position };
  }
  const at = parseInstant(text);
  if (at === null) return { code: 'momentOrPosition', message: momentOrPosition };
  if (at > now) return { code: 'from-the-future', message: 'must not lie ahead: an answer about it would change' };
  return { kind: 'moment', at };
};

/** What is asked for must have been read, or the same question would be answered differently a moment later. */
const untilRead = async ({ store, views }: Deps, names: readonly string[], asOf: Said, knownAt: Said): Promise<void> => {
  const positions = [asOf, knownAt].flatMap((each) => (each.kind === 'position' ? [each.position] : []));
  if (knownAt.kind === 'moment') positions.push((await store.head()).position);
  const furthest = positions.sort().at(-1);
  if (furthest === undefined || furthest === '') return;
  const reached = await Promise.all(names.map((name) => views.waitFor(name, furthest, waitMs)));
  if (reached.includes(false)) throw new ProblemException(knownProblems.projectionBehind);
};

/** For each moment the last place that mattered to the account: a change of its stock, or of who is a member of what. */
const placesAt = async (reader: TenantReader, accountId: AccountId, moments: readonly string[]): Promise<readonly (Place | null)[]> => {
  const rows = await reader.readAs<{ position: Position | null; recorded_at: Instant }>(
    { kind: 'account', accountId },
    sql(
      `select place.position, place.recorded_at
         from unnest($2::timestamptz[]) with ordinality asked(at, number)
         left join lateral (
           (select m.position, m.recorded_at from stock_movements_v2 m where m.account_id = $1 and m.recorded_at <= asked.at
             order by m.recorded_at desc, m.position desc limit 1)
           union all
           select s.from_position, s.from_recorded_at from stock_member_spells_v2 s where s.account_id = $1 and s.from_recorded_at <= asked.at
           union all
           select s.until_position, s.until_recorded_at from stock_member_spells_v2 s where s.account_id = $1 and s.until_recorded_at <= asked.at
           order by position desc limit 1) place on true
        order by asked.number`,
      accountId,
      moments,
    ),
  );
  return rows.map(({ position, recorded_at }) => (position === null ? null : { position, recordedAt: recorded_at }));
};

/** What a read of the past counts: one balance at a place, and from there on only what is late. */
export type Counted = {
  /** Everything recorded up to here took effect by then. */
  readonly balanceAt: Position;
  readonly knownUntil: Position;
  readonly happenedBy: Instant | 'infinity';
};

export const countedBy = ({ asOf, knownAt, happenedBy }: Moments): Counted => {
  const [happened, known] = [asOf.position ?? '', knownAt.position ?? ''];
  return { balanceAt: happened < known ? happened : known, knownUntil: known, happenedBy };
};
