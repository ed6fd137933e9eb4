import { stateFrom, type AnyCommand, type AnyEvent, type AnyRejection, type Decider } from '@stockproof/decider';

/** `given(decider)(...history).when(command).then(...events)`, `.thenNothing()` or `.thenRejected(rejection)`. */
export const given =
  <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(decider: Decider<S, C, E, R>) =>
  (...history: readonly E[]) => ({
    when: (command: C) => {
      const decision = decider.decide(command, stateFrom(decider, structuredClone(history) as readonly E[]));
      return {
        then: (...events: readonly E[]) => expect(decision).toEqual({ outcome: 'accepted', events }),
        thenNothing: () => expect(decision).toEqual({ outcome: 'accepted', events: [] }),
        thenRejected: (rejection: R) => expect(decision).toEqual({ outcome: 'rejected', rejection }),
      };
    },
  });
