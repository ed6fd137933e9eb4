/** Text that every store and view can keep: no NUL, no lone surrogate. Postgres refuses the first, UTF-8 the second. */
export const isStorableText = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();
