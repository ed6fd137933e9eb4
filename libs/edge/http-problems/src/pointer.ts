/** JSON pointer (RFC 6901) to a place; empty for the whole. */
export const pointerTo = (path: readonly string[]): string =>
  path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
