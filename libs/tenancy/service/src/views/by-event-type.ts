import type { AnyEvent } from '@stockproof/decider';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import type { Statement } from '@stockproof/sql';

type ByType<E extends AnyEvent> = {
  readonly [Type in E['type']]?: (data: Extract<E, { readonly type: Type }>['data'], event: RecordedEvent) => readonly Statement[];
};

/** A view as a table from event type to statements; what it handles follows from the table. */
export const byEventType = <E extends AnyEvent>(statements: ByType<E>): Pick<Projection, 'handles' | 'project'> => {
  const byType = statements as Readonly<
    Record<string, ((data: RecordedEvent['data'], event: RecordedEvent) => readonly Statement[]) | undefined>
  >;
  return {
    handles: Object.keys(statements),
    project: (events) => events.flatMap((event) => byType[event.type]?.(event.data, event) ?? []),
  };
};
