import { bounds } from './searches';
import { scenarioNamed, type ScenarioName } from './scenarios';
import { search } from './search';
import type { Twin } from './twin';
import {
  plansLeftToTheirWriters,
  refusalsWithoutConfirmation,
  storeWithoutExpectedRevisions,
  wakeUpsThatTrustTheCache,
  withdrawalThatClosesNothing,
} from './twins';

type Case = readonly [twin: Twin, of: ScenarioName, under: keyof typeof bounds, problem: RegExp];

const cases: readonly Case[] = [
  [storeWithoutExpectedRevisions, 'two SKUs, and a person takes one of them from under the plan', 'calm', /promised twice/],
  [withdrawalThatClosesNothing, 'an order is withdrawn', 'calm', /is due {2}and has/],
  [refusalsWithoutConfirmation, 'an order waits for what comes', 'stall', /waits for what is there/],
  [wakeUpsThatTrustTheCache, 'an order waits for what comes', 'calm', /waits for what is there/],
  [plansLeftToTheirWriters, 'a hold is moved to another warehouse and withdrawn', 'calm', /was left half way/],
];

describe('a product with one thing broken', () => {
  it.each(cases.map(([twin, ...rest]) => [twin.name, twin, ...rest] as const))('%s is caught', async (_, twin, of, under, problem) => {
    const { found, states, seconds } = await search(scenarioNamed(of), bounds[under], { twin, most: 60_000 });
    process.stdout.write(
      `${twin.name}: ${found ? `caught after ${states} states, in ${found.schedule.length} steps` : `not caught in ${states} states`}, ${seconds.toFixed(1)} s\n`,
    );
    expect(found?.problems.join()).toMatch(problem);
  });
});
