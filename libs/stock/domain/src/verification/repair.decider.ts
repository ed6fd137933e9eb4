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
/** Somebody has looked at a finding that no repair can undo, and wants to be called for it no more. */
export type FindingAcknowledged = Event<
  'FindingAcknowledged',
  Pick<Asked, 'findingId' | 'kind' | 'about' | 'reason'> & { decidedAt: Instant }
>;
export type RepairEvent = RepairAsked | RepairEnded | FindingAcknowledged;

export type AskForRepair = Command<'AskForRepair', Asked & { now: Instant }>;
export type EndRepair = Command<'EndRepair', { findingId: string; outcome: RepairOutcome; detail: string | null; now: Instant }>;
export type AcknowledgeFinding = Command<'AcknowledgeFinding', Pick<Asked, 'findingId' | 'kind' | 'about' | 'reason'> & { now: Instant }>;
export type RepairCommand = AskForRepair | EndRepair | AcknowledgeFinding;

/** What is kept of a finding. */
export type RepairRecord = { readonly open: boolean; readonly acknowledged: boolean };

/** The record of who had a finding repaired, why, and what came of it, or who has looked at one that is left to people. A repair may be asked for again once it has ended. */
export const repairDecider: Decider<RepairRecord, RepairCommand, RepairEvent, never> = {
  initialState: () => ({ open: false, acknowledged: false }),
  decide: (command, { open, acknowledged }) => {
    switch (command.type) {
      case 'AskForRepair': {
        const { now, ...asked } = command.data;
        return open ? accept() : accept({ type: 'RepairAsked', data: { ...asked, decidedAt: now } });
      }
      case 'EndRepair': {
        const { now, ...ended } = command.data;
        return open ? accept({ type: 'RepairEnded', data: { ...ended, decidedAt: now } }) : accept();
      }
      case 'AcknowledgeFinding': {
        const { now, ...seen } = command.data;
        return acknowledged ? accept() : accept({ type: 'FindingAcknowledged', data: { ...seen, decidedAt: now } });
      }
    }
  },
  evolve: (record, event) => {
    switch (event.type) {
      case 'RepairAsked':
      case 'RepairEnded':
        return { ...record, open: event.type === 'RepairAsked' };
      case 'FindingAcknowledged':
        return { ...record, acknowledged: true };
    }
  },
};
