import recordedByV1 from './corpus.v1.json';
import drawnByV1 from './corpus.v1.drawn.json';
import type { AllocationRule } from './allocation-rule';
import { allocationRuleV1 } from './allocation-rule.v1';
import { allocationRules, currentRuleVersion, replay } from './rule-versions';
import { drawnCorpus, type Recorded } from './testing/drawn-corpus';

/** What each released version decides about worlds that are drawn alike every time: `npm run corpus`. */
const drawn: Readonly<Record<number, readonly Recorded[]>> = { 1: drawnByV1 as readonly Recorded[] };

/** Decisions as each released version took them. A file is never written again: a new version brings a new one. */
const corpora: Readonly<Record<number, readonly Recorded[]>> = {
  1: [...(recordedByV1 as readonly Recorded[]), ...(drawn[1] ?? [])],
};

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

  it.each(Object.entries(allocationRules))('drawn anew by version %s are the same bytes as they are kept', (version, rule) =>
    expect(JSON.stringify(drawnCorpus(rule))).toBe(JSON.stringify(drawn[Number(version)])),
  );

  it('that are drawn know both searches, every reason of a rule, and orders that went nowhere', () => {
    const outcomes = drawnCorpus(allocationRuleV1).map(({ outcome }) => outcome);
    expect(new Set(outcomes.map(({ search }) => search)).size).toBe(2);
    expect(new Set(outcomes.flatMap(({ reasons }) => reasons)).size).toBe(7);
    expect(outcomes.some(({ choices }) => choices.length === 0)).toBe(true);
  });

  it('know every way in which a candidate is taken or not, and both searches', () => {
    const outcomes = (corpora[1] ?? []).map(({ outcome }) => outcome);
    expect(new Set(outcomes.flatMap(({ reasons }) => reasons)).size).toBe(7);
    expect(new Set(outcomes.map(({ search }) => search)).size).toBe(2);
  });

  it('are made by a version that is known', () => expect(Object.keys(allocationRules)).toContain(`${currentRuleVersion}`));
});
