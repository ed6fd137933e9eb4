/** A moment as ISO 8601 in UTC with milliseconds, `2026-01-31T12:00:00.000Z`: sorts as text, survives JSON. */
export type Instant = string;

/** Where time comes from. Handed in, so that tests move it instead of sleeping. */
export type Clock = { readonly now: () => Instant };

/** Milliseconds from `earlier` to `later`; negative when they are the other way round. */
export const msBetween = (earlier: Instant, later: Instant): number => Date.parse(later) - Date.parse(earlier);

/** The instant `ms` milliseconds after `at`. */
export const plusMs = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();

const moment = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Any ISO 8601 moment with a zone, as an `Instant`; `null` when it is none. The 30th of February is none, and does not become March. */
export const parseInstant = (text: string): Instant | null => {
  const [, year, month, day] = moment.exec(text) ?? [];
  if (day === undefined || Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return null;
  const ms = Date.parse(text.replace(',', '.'));
  // Beyond these years it would no longer sort as text, or Postgres could not hold it, and every view that keeps it would stop.
  return Number.isNaN(ms) || ms < firstMs || ms > lastMs ? null : new Date(ms).toISOString();
};
const [firstMs, lastMs] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** A text that was checked to be a moment already; where it is none after all, somebody made a mistake: it throws. */
export const instantOf = (text: string): Instant => {
  const instant = parseInstant(text);
  if (instant === null) throw new TypeError(`"${text}" is not a moment in time`);
  return instant;
};

/** The checked moment that was said, or now where none was. */
export const saidOrNow = (text: string | undefined, clock: Clock): Instant => (text === undefined ? clock.now() : instantOf(text));
