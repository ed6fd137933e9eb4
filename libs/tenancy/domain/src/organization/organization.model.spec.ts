import { stateFrom } from '@stockproof/decider';
import fc from 'fast-check';
import { organizationRoles } from '../roles';
import type { OrganizationCommand } from './organization.commands';
import { organizationDecider } from './organization.decider';
import type { OrganizationEvent } from './organization.events';

describe('any history of an organization', () => {
  it('keeps an active owner, codes of their own, and members that are two physical warehouses or more', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        const state = stateFrom(organizationDecider, commands.reduce(decided, firstEvents));
        expect([...state.users.values()].some(({ role, active }) => role === 'owner' && active)).toBe(true);

        const codes = [...state.warehouses.values()].map(({ code }) => code.toLowerCase());
        expect(new Set(codes).size).toBe(codes.length);
        const accounts = [...state.accounts.values()];
        expect(new Set(accounts.map(({ code }) => code)).size).toBe(accounts.length);
        expect(new Set(accounts.map(({ name }) => name.toLowerCase())).size).toBe(accounts.length);

        for (const { kind, members } of state.warehouses.values()) {
          expect(kind === 'physical' ? members.length === 0 : members.length >= 2).toBe(true);
          expect(members.every((id) => state.warehouses.get(id)?.kind === 'physical')).toBe(true);
        }
      }),
    );
  });

  it('never lets an administrator touch an owner', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        const history = commands.map(byAdministrator).reduce(decided, [...firstEvents, added('u1', 'administrator')]);
        const owners = [...stateFrom(organizationDecider, history).users].filter(([, { role }]) => role === 'owner');
        expect(owners).toEqual([['u0', { role: 'owner', active: true }]]);
      }),
    );
  });
});

const decided = (history: readonly OrganizationEvent[], command: OrganizationCommand): readonly OrganizationEvent[] => {
  const decision = organizationDecider.decide(command, stateFrom(organizationDecider, history));
  return decision.outcome === 'accepted' ? [...history, ...decision.events] : history;
};

const firstEvents = decided([], {
  type: 'CreateOrganization',
  data: { organizationId: 'acme', name: 'Acme', timeZone: 'UTC', licenceOwner: null, ownerId: 'u0' },
});
const added = (userId: string, role: 'administrator'): OrganizationEvent => ({
  type: 'OrganizationUserAdded',
  data: { organizationId: 'acme', userId, role },
});

const userId = fc.constantFrom('u0', 'u1', 'u2');
const role = fc.constantFrom(...organizationRoles);
const warehouseId = fc.constantFrom('w0', 'w1', 'w2', 'w3');
const byInstallation = fc.constant({ kind: 'installation' } as const);
const members = fc.array(warehouseId, { maxLength: 3 });
const person = fc.record({ userId, by: byInstallation });

const anyCommand: fc.Arbitrary<OrganizationCommand> = fc.oneof(
  fc.record({ userId, role, by: byInstallation }).map((data) => ({ type: 'AddOrganizationUser', data }) as const),
  fc.record({ userId, role, by: byInstallation }).map((data) => ({ type: 'ChangeOrganizationRole', data }) as const),
  person.map((data) => ({ type: 'DeactivateOrganizationUser', data }) as const),
  person.map((data) => ({ type: 'ReactivateOrganizationUser', data }) as const),
  fc
    .record({ warehouseId, code: fc.constantFrom('A', 'a', 'B', 'C'), kind: fc.constantFrom('physical', 'virtual'), members })
    .map((data) => ({ type: 'CreateWarehouse', data: { ...data, name: data.code, priority: 1, timeZone: null, address: null } }) as const),
  fc.record({ warehouseId, members }).map((data) => ({ type: 'ChangeMembers', data: { ...data, enabledIn: [] } }) as const),
  fc.record({ warehouseId, enabledIn: fc.constant([]) }).map((data) => ({ type: 'ArchiveWarehouse', data }) as const),
  fc
    .record({ accountId: fc.constantFrom('a0', 'a1', 'a2'), name: fc.constantFrom('My Shop', 'my shop', 'My-Shop', 'Other') })
    .map((data) => ({ type: 'AddAccount', data: { ...data, licence: 'standard' } }) as const),
  fc
    .record({ accountId: fc.constantFrom('a0', 'a1', 'a2'), name: fc.constantFrom('My Shop', 'MY SHOP', 'Third') })
    .map((data) => ({ type: 'RenameAccount', data }) as const),
);

const byAdministrator = (command: OrganizationCommand): OrganizationCommand =>
  'by' in command.data
    ? ({ ...command, data: { ...command.data, by: { kind: 'organization', userId: 'u1', role: 'administrator' } } } as OrganizationCommand)
    : command;
