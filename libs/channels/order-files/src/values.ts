import type { ChannelAddress } from '@stockproof/sales-channel';
import { parseInstant, type Instant } from '@stockproof/vocabulary';

/** Text with something in it, trimmed; otherwise nothing. */
export const textOrNull = (text: string | null | undefined): string | null => {
  const trimmed = (text ?? '').trim();
  return trimmed === '' ? null : trimmed;
};

/** `2026-01-15 09:12:33 +0100` or ISO 8601; `null` for what is no moment, a 30 February too. */
export const momentOf = (text: string): Instant | null => {
  const [, day = '', time = '', zone = ''] =
    /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})$/.exec(text.trim()) ?? [];
  if (day === '' || !isDay(day)) return null;
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  return parseInstant(`${day}T${time.length === 5 ? `${time}:00` : time}${offset}`);
};

/** A day that the calendar has. */
const isDay = (day: string): boolean => {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};

const exponentOf = (currency: string | null): number => {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency: currency ?? 'EUR' }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2; // a currency that nobody knows: as most have it
  }
};

/** An amount in the smallest unit of its currency. */
export const smallestUnits = (amount: string | number | null | undefined, currency: string | null): number | null => {
  const value = typeof amount === 'number' ? amount : Number.parseFloat((amount ?? '').trim() || 'NaN');
  return Number.isFinite(value) ? Math.round(value * 10 ** exponentOf(currency)) : null;
};

/** What is no number counts as none: validation says so. */
export const quantityOf = (text: string): number => {
  const quantity = Number(text.trim() === '' ? 'NaN' : text);
  return Number.isFinite(quantity) ? quantity : 0;
};

/** An address of which anything is known. */
export const addressOrNull = (address: ChannelAddress): ChannelAddress | null => {
  const { name, street, postalCode, city } = address;
  return name === null && street.length === 0 && postalCode === null && city === null ? null : address;
};

export const someOf = (...lines: readonly (string | null)[]): readonly string[] => lines.filter((line): line is string => line !== null);

/** What stands between commas. */
export const listOf = (text: string | undefined): readonly string[] => (text ?? '').split(',').flatMap((part) => textOrNull(part) ?? []);
