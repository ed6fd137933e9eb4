import { parseInstant } from './instant';

test.each([
  ['2026-01-31T12:00:00+01:00', '2026-01-31T11:00:00.000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
])('%s is a moment', (text, instant) => expect(parseInstant(text)).toBe(instant));

// A year that Postgres cannot hold would stop every view that keeps the moment.
test.each(['2026-01-31', '2026-01-31T12:00:00', 'soon', '0000-06-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-14:00'])(
  '%s is none',
  (text) => expect(parseInstant(text)).toBeNull(),
);
