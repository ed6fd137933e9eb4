import type { Decision } from './decision';
import type { AnyCommand, AnyEvent, AnyRejection } from './message';

/**
 * Business logic as three pure pieces.
 *
 * `evolve` owns the state it is handed and may change it in place: copying ten thousand open allocations for each event is 25
 * times slower. So `initialState` makes a fresh one each time, and `decide` only reads.
 */
export type Decider<S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection> = {
  readonly initialState: () => S;
  readonly decide: (command: C, state: S) => Decision<E, R>;
  readonly evolve: (state: S, event: E) => S;
};

/** The state after a history, from nothing. */
export const stateFrom = <S, E extends AnyEvent>(
  decider: { readonly initialState: () => S; readonly evolve: (state: S, event: E) => S },
  history: readonly E[],
): S => history.reduce(decider.evolve, decider.initialState());
