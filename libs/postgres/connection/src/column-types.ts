import { types, type CustomTypesConfig } from 'pg';

/** Type ids of Postgres (`pg_type.oid`); they never change. */
const int8 = 20;
const int8Array = 1016;
const date = 1082;
const timestamptz = 1184;
const timestamptzArray = 1185;

/** `2026-01-31 12:00:00.123456+00` (sessions run in UTC) to ISO 8601 with milliseconds. */
const instantOf = (text: string): string => {
  const [day = '', time = ''] = text.split(' ');
  if (!time.endsWith('+00')) return text; // infinity, or a year before Christ
  const [seconds = '', fraction = ''] = time.slice(0, -3).split('.');
  return `${day}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
};

const textArrayType = 1009 as Parameters<typeof types.getTypeParser>[0];
const textArray = types.getTypeParser(textArrayType) as (text: string) => readonly (string | null)[];
const arrayOf =
  <T>(parse: (text: string) => T) =>
  (text: string): readonly (T | null)[] =>
    textArray(text).map((each) => (each === null ? null : parse(each)));

const parsers = new Map<number, (text: string) => unknown>([
  [int8, Number],
  [int8Array, arrayOf(Number)],
  [date, String],
  [timestamptz, instantOf],
  [timestamptzArray, arrayOf(instantOf)],
]);

/** How columns arrive in JavaScript: counts as numbers (all of ours stay below 2^53), moments as ISO text, days as text. */
export const columnTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};
