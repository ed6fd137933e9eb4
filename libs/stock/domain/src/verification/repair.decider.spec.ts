import { given as givenFor } from '@stockproof/decider-testing';
import { repairDecider } from './repair.decider';

const given = givenFor(repairDecider);

describe('having a finding repaired', () => {
  it('is asked for with a reason', () => given().when(ask).then(asked));
  it('is asked for once at a time', () => given(asked).when(ask).thenNothing());
  it('ends with what came of it', () => given(asked).when(end).then(ended));
  it('ends once', () => given(asked, ended).when(end).thenNothing());
  it('may be asked for again where it did not help', () => given(asked, ended).when(ask).then(asked));
});

describe('a finding that is left to a person', () => {
  it('is acknowledged with a reason, once', () => {
    given().when(acknowledge).then(acknowledged);
    given(acknowledged).when(acknowledge).thenNothing();
  });
  it('is no repair, and stops none', () => given(acknowledged).when(ask).then(asked));
});

const now = '2026-01-10T12:00:00.000Z';
const order = {
  findingId: 'f',
  kind: 'overpromised',
  about: 'grant o 1',
  repair: 'release-units',
  reason: 'seen with the warehouse',
} as const;
const outcome = { findingId: 'f', outcome: 'not-repaired', detail: 'NotEnoughStock' } as const;
const ask = { type: 'AskForRepair', data: { ...order, now } } as const;
const asked = { type: 'RepairAsked', data: { ...order, decidedAt: now } } as const;
const end = { type: 'EndRepair', data: { ...outcome, now } } as const;
const ended = { type: 'RepairEnded', data: { ...outcome, decidedAt: now } } as const;
const seen = { findingId: 'f', kind: 'overpromised', about: 'overpromised 7 north', reason: 'an import of the old system' } as const;
const acknowledge = { type: 'AcknowledgeFinding', data: { ...seen, now } } as const;
const acknowledged = { type: 'FindingAcknowledged', data: { ...seen, decidedAt: now } } as const;
