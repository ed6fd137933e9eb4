/** `STOCKPROOF_INTERLEAVINGS=deep`: all searches, also those that take minutes; otherwise those that `npm test` runs. */
export const isDeep = process.env['STOCKPROOF_INTERLEAVINGS'] === 'deep';
