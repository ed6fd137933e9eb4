import recordedByV1 from './corpus.v1.json';
import type { Outcome, SeenItem, Wanted } from './allocation-rule';
import { allocationRules, currentRuleVersion, replay } from './rule-versions';

type Recorded = { readonly wanted: Wanted; readonly seen: readonly SeenItem[]; readonly outcome: Outcome };

/** Decisions as each released version took them. A file is never written again: a new version brings a new one. */
const corpora: Readonly<Record<number, readonly Recorded[]>> = { 1: recordedByV1 as readonly Recorded[] };

describe('recorded decisions', () => {
  it.each(Object.keys(allocationRules).map(Number))('of version %i are taken again to the same bytes', (version) => {
    expect(corpora[version]?.length).toBeGreaterThan(20);
    for (const { wanted, seen, outcome } of corpora[version] ?? []) {
      const { choices: _, ...rest } = outcome;
      expect(JSON.stringify(replay(wanted, { ruleVersion: version, seen, ...rest }))).toBe(JSON.stringify(outcome));
    }
  });

  it('know every way in which a candidate is taken or not, and both searches', () => {
    const outcomes = (corpora[1] ?? []).map(({ outcome }) => outcome);
    expect(new Set(outcomes.flatMap(({ reasons }) => reasons)).size).toBe(7);
    expect(new Set(outcomes.map(({ search }) => search)).size).toBe(2);
  });

  it('are made by a version that is known', () => expect(Object.keys(allocationRules)).toContain(`${currentRuleVersion}`));
});
