/** The code made from an account's name: upper case, runs of anything else become one hyphen. `My Account` → `MY-ACCOUNT`; empty when nothing is left. */
export const accountCode = (name: string): string =>
  name
    .normalize('NFC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** Equal for texts that differ by case or outer blanks only. */
export const sameTextKey = (text: string): string => text.normalize('NFC').trim().toLowerCase();
