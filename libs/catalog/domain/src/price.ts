import type { Price } from './variant/variant.events';

/** How many decimals a currency has: 2 of EUR, 0 of JPY, 3 of KWD. */
const exponentOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** A price in the smallest unit of its currency as decimal text; `null` where the currency is no code of three letters. */
export const priceOf = ({ amount, currency }: { readonly amount: number; readonly currency: string }): Price | null => {
  if (!/^[A-Z]{3}$/.test(currency) || !Number.isSafeInteger(amount) || amount < 0) return null;
  const exponent = exponentOf(currency);
  const digits = String(amount).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return { amount: exponent === 0 ? whole : `${whole}.${digits.slice(-exponent)}`, currency };
};

/** Decimal text in the smallest unit of its currency; what is finer than that is rounded, a half up. */
export const smallestUnits = ({ amount, currency }: Price): { readonly amount: number; readonly currency: string } => {
  const exponent = exponentOf(currency);
  const [whole = '0', fraction = ''] = amount.split('.');
  const kept = fraction.slice(0, exponent).padEnd(exponent, '0');
  const roundsUp = Number(fraction[exponent] ?? '0') >= 5;
  return { amount: Number(`${whole}${kept}`) + (roundsUp ? 1 : 0), currency };
};
