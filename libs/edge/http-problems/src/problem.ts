/** One thing wrong with a request: where (JSON pointer into the body, or `/query/<name>`, `/path/<name>`, `/header/<name>`), and what. */
export type ProblemDetail = { readonly pointer: string; readonly code: string; readonly message: string };

/** A refusal as the API tells it, before it is known which request it answers. */
export type Problem = {
  readonly status: number;
  /** Stable, kebab-case; the last part of the RFC 9457 `type`. */
  readonly code: string;
  /** The same for every occurrence of the code. */
  readonly title: string;
  /** What is particular about this occurrence. */
  readonly detail?: string;
  readonly errors?: readonly ProblemDetail[];
  /** True where the same request may succeed later, unchanged. Default: by status (429 and 503). */
  readonly retryable?: boolean;
  /** `stockproof` (default) or `channel:<id>`. */
  readonly source?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** True where it rests on what others said: while not all of that has been heard, 503 `not-heard-yet` is answered instead. */
  readonly hearsay?: true;
};

/** A problem by its status, code and title. */
export const problem = (status: number, code: string, title: string, more: Omit<Problem, 'status' | 'code' | 'title'> = {}): Problem => ({
  status,
  code,
  title,
  ...more,
});

/** A problem whose particulars come from the rejection; documentation still knows its status, code and title. */
export type ExplainedProblem<R> = ((rejection: R) => Problem) & { readonly problem: Problem };

/** Adds what the rejection says to a problem. */
export const explained = <R>(
  about: Problem,
  explain: (rejection: R) => Pick<Problem, 'detail' | 'errors' | 'source'>,
): ExplainedProblem<R> => Object.assign((rejection: R): Problem => ({ ...about, ...explain(rejection) }), { problem: about });

/** Every rejection's problem; leaving one out does not compile. */
export type ProblemMap<R extends { readonly type: string }> = {
  readonly [Type in R['type']]: Problem | ((rejection: Extract<R, { readonly type: Type }>) => Problem);
};
