/** How one question was answered, as the client that asked it knows. */
export type Outcome =
  /** Done, and told so. */
  | 'ok'
  /** Refused: nothing was done, and nothing will be. */
  | 'fail'
  /** Not answered, or answered that the first try is still at it: done or not. */
  | 'unknown';

export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** One line of a client's file, written before the request leaves and after its answer came. Times are ms since 1970. */
export type Entry =
  | { readonly is: 'invoke'; readonly key: string; readonly attempt: number; readonly at: number; readonly asked: Asked }
  | ({ readonly is: Outcome; readonly key: string; readonly attempt: number; readonly at: number } & Partial<Answer> & {
        readonly why?: string;
      });

export type What =
  | 'create'
  | 'order-step'
  | 'shipment-step'
  | 'adjust'
  | 'set-aside'
  | 'report'
  | 'purchase'
  | 'purchase-step'
  | 'read-order'
  | 'read-orders'
  | 'read-levels'
  | 'read-movements';

/** What was asked: which kind of thing, over HTTP how, and about what. */
export type Asked = {
  readonly what: What;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** The process that was asked. */
  readonly of: number;
};

export type Attempt = {
  readonly invokedAt: number;
  /** Infinity: it never was. */
  readonly answeredAt: number;
  readonly outcome: Outcome;
  readonly answer: Answer | null;
};

/** An operation: all that was asked under one key. */
export type Operation = { readonly key: string; readonly asked: Asked; readonly attempts: readonly Attempt[]; readonly outcome: Outcome };

/** Once answered it is known for good, whatever repeats were told. */
const outcomeOf = (attempts: readonly Attempt[]): Outcome =>
  attempts.some(({ outcome }) => outcome === 'ok') ? 'ok' : attempts.at(-1)?.outcome === 'fail' ? 'fail' : 'unknown';

/** The operations that a client's lines tell of; a line that a killed client left half written is none. */
export const operationsIn = (lines: readonly string[]): readonly Operation[] => {
  const open = new Map<string, { asked: Asked; attempts: Attempt[] }>();
  for (const line of lines) {
    if (!line.endsWith('}')) continue;
    const entry = JSON.parse(line) as Entry;
    if (entry.is === 'invoke') invoked(open, entry);
    else answered(open, entry);
  }
  return [...open].map(([key, { asked, attempts }]) => ({ key, asked, attempts, outcome: outcomeOf(attempts) }));
};

type Open = Map<string, { asked: Asked; attempts: Attempt[] }>;

const invoked = (open: Open, { key, at, asked }: Extract<Entry, { is: 'invoke' }>): void => {
  const operation = open.get(key) ?? { asked, attempts: [] };
  operation.attempts.push({ invokedAt: at, answeredAt: Number.POSITIVE_INFINITY, outcome: 'unknown', answer: null });
  open.set(key, operation);
};

const answered = (open: Open, { key, attempt, at, is, status, body }: Exclude<Entry, { is: 'invoke' }>): void => {
  const attempts = open.get(key)?.attempts;
  const asked = attempts?.[attempt];
  if (!attempts || !asked) throw new Error(`${key} was answered and never asked.`);
  attempts[attempt] = { ...asked, answeredAt: at, outcome: is, answer: status === undefined ? null : { status, body: body ?? {} } };
};
