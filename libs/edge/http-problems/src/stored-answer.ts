/** Ends a request with an answer that was given before. The filter sends it as it is. */
export class StoredAnswer extends Error {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: string,
  ) {
    super(`answered before with ${status}`);
  }
}
