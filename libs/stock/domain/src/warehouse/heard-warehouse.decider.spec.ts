import { given as givenFor } from '@stockproof/decider-testing';
import { heardWarehouseDecider } from './heard-warehouse.decider';
import type { WarehouseEvent } from './warehouse.events';

const given = givenFor(heardWarehouseDecider);

describe('hearing of a warehouse', () => {
  it('keeps what was said', () =>
    given()
      .when(hear(described(1)))
      .then(described(1)));
  it('keeps it once', () =>
    given(described(1))
      .when(hear(described(1)))
      .thenNothing());
  it('keeps nothing older than what it knows', () =>
    given(described(3))
      .when(hear(members(2)))
      .thenNothing());
  it('keeps what is younger', () =>
    given(described(1))
      .when(hear(members(2)))
      .then(members(2)));
  it('being enabled is told by another stream, counted by itself', () =>
    given(described(9))
      .when(hear(enabled('shop', 1)))
      .then(enabled('shop', 1)));
  it('so is each account', () =>
    given(enabled('shop', 9))
      .when(hear(enabled('store', 1)))
      .then(enabled('store', 1)));
  it('a disabling that comes after a younger enabling is too late', () =>
    given(enabled('shop', 3))
      .when(hear(disabled('shop', 2)))
      .thenNothing());
  it('an enabling again is news', () =>
    given(enabled('shop', 1), disabled('shop', 2))
      .when(hear(enabled('shop', 3)))
      .then(enabled('shop', 3)));
});

const now = '2026-01-10T12:00:00.000Z';
const told = { warehouseId: 'both', decidedAt: now };
function hear(fact: WarehouseEvent) {
  return { type: 'HearOfWarehouse', data: { fact } } as const;
}
function described(sequence: number): WarehouseEvent {
  return {
    type: 'WarehouseDescribed',
    data: { ...told, organizationId: 'acme', code: 'BOTH', name: 'Both', kind: 'virtual', members: ['north', 'south'], sequence },
  };
}
function members(sequence: number): WarehouseEvent {
  return { type: 'WarehouseMembersReplaced', data: { ...told, organizationId: 'acme', members: ['north', 'west'], sequence } };
}
function enabled(accountId: string, sequence: number): WarehouseEvent {
  return {
    type: 'WarehouseEnabledForAccount',
    data: { ...told, accountId, code: 'BOTH', kind: 'virtual', members: ['north', 'south'], sequence },
  };
}
function disabled(accountId: string, sequence: number): WarehouseEvent {
  return { type: 'WarehouseDisabledForAccount', data: { ...told, accountId, sequence } };
}
