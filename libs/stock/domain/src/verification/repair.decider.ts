import { accept, type Command, type Decider, type Event } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';
import type { FindingKind, Repair } from './finding';

type Asked = {
  readonly findingId: string;
  readonly kind: FindingKind;
  readonly about: string;
  readonly repair: NonNullable<Repair>;
  /** Why, in the words of who asked. */
  readonly reason: string;
};

/** What came of a repair. `healed-before`: the finding was no more when it was looked at again, so nothing was done. */
export type RepairOutcome = 'repaired' | 'healed-before' | 'not-repaired';

/** Somebody wants a finding repaired; nothing is ever repaired without this. */
export type RepairAsked = Event<'RepairAsked', Asked & { decidedAt: Instant }>;
export type RepairEnded = Event<'RepairEnded', { findingId: string; outcome: RepairOutcome; detail: string | null; decidedAt: Instant }>;
export type RepairEvent = RepairAsked | RepairEnded;

export type AskForRepair = Command<'AskForRepair', Asked & { now: Instant }>;
export type EndRepair = Command<'EndRepair', { findingId: string; outcome: RepairOutcome; detail: string | null; now: Instant }>;
export type RepairCommand = AskForRepair | EndRepair;

/** The record of who had a finding repaired, why, and what came of it. It may be asked again once it has ended. */
export const repairDecider: Decider<{ open: boolean }, RepairCommand, RepairEvent, never> = {
  initialState: () => ({ open: false }),
  decide: (command, { open }) => {
    switch (command.type) {
      case 'AskForRepair': {
        const { now, ...asked } = command.data;
        return open ? accept() : accept({ type: 'RepairAsked', data: { ...asked, decidedAt: now } });
      }
      case 'EndRepair': {
        const { now, ...ended } = command.data;
        return open ? accept({ type: 'RepairEnded', data: { ...ended, decidedAt: now } }) : accept();
      }
    }
  },
  evolve: (_, event) => ({ open: event.type === 'RepairAsked' }),
};
