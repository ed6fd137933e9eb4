/** Wrong words: each of these is a sentence about one of them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(readonly wrong: readonly string[]) {
    super(wrong.join('\n'));
  }
}

/** What is needed does not answer. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** Something is wrong, in a sentence that is for whoever called. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}
