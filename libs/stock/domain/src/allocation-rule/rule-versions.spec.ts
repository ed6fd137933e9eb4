import recordedByV1 from './corpus.v1.json';
import type { AllocationRule, Outcome, SeenItem, Wanted } from './allocation-rule';
import { allocationRuleV1 } from './allocation-rule.v1';
import { allocationRules, currentRuleVersion, replay } from './rule-versions';

type Recorded = { readonly wanted: Wanted; readonly seen: readonly SeenItem[]; readonly outcome: Outcome };

/** Decisions as each released version took them. A file is never written again: a new version brings a new one. */
const corpora: Readonly<Record<number, readonly Recorded[]>> = { 1: recordedByV1 as readonly Recorded[] };

/** Changes to version 1 that somebody might make in passing: each is a new version. */
const wrongRules: Readonly<Record<string, AllocationRule>> = {
  'ignores the maximum of shipments': ({ settings, ...wanted }, seen) =>
    allocationRuleV1({ ...wanted, settings: { ...settings, maximumShipments: null } }, seen),
  'never cuts a line': ({ settings, ...wanted }, seen) =>
    allocationRuleV1({ ...wanted, settings: { ...settings, allowLineSplit: false } }, seen),
  'sends a part whether or not that is allowed': ({ settings, ...wanted }, seen) =>
    allocationRuleV1({ ...wanted, settings: { ...settings, partial: true } }, seen),
  'forgets the priority of warehouses': ({ candidates, ...wanted }, seen) =>
    allocationRuleV1({ ...wanted, candidates: candidates.map((each) => ({ ...each, priority: 1 })) }, seen),
  'looks at the stock of every warehouse': ({ candidates, ...wanted }, seen) =>
    allocationRuleV1({ ...wanted, candidates: candidates.map((each) => ({ ...each, checked: true })) }, seen),
  'takes an oversold warehouse for a full one': (wanted, seen) =>
    allocationRuleV1(
      wanted,
      seen.map(({ free, ...item }) => ({ ...item, free: free.map(Math.abs) })),
    ),
  'words its answer in another order': (wanted, seen) => {
    const { choices, ...rest } = allocationRuleV1(wanted, seen);
    return { ...rest, choices };
  },
};

describe('recorded decisions', () => {
  it.each(Object.keys(allocationRules).map(Number))('of version %i are taken again to the same bytes', (version) => {
    expect(corpora[version]?.length).toBeGreaterThan(20);
    for (const { wanted, seen, outcome } of corpora[version] ?? []) {
      const { choices: _, ...rest } = outcome;
      expect(JSON.stringify(replay(wanted, { ruleVersion: version, seen, ...rest }))).toBe(JSON.stringify(outcome));
    }
  });

  it.each(Object.entries(wrongRules))('catch a rule that %s', (_, wrong) => {
    const changed = (corpora[1] ?? []).filter(
      ({ wanted, seen, outcome }) => JSON.stringify(wrong(wanted, seen)) !== JSON.stringify(outcome),
    );
    expect(changed.length).toBeGreaterThan(0);
  });

  it('know every way in which a candidate is taken or not, and both searches', () => {
    const outcomes = (corpora[1] ?? []).map(({ outcome }) => outcome);
    expect(new Set(outcomes.flatMap(({ reasons }) => reasons)).size).toBe(7);
    expect(new Set(outcomes.map(({ search }) => search)).size).toBe(2);
  });

  it('are made by a version that is known', () => expect(Object.keys(allocationRules)).toContain(`${currentRuleVersion}`));
});
