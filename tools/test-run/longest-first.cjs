const { readFileSync } = require('node:fs');
const Sequencer = require('@jest/test-sequencer').default;

/** What the tests of a spec may take all in all, as far as it says so: `}, 120_000);`. */
const allowedMs = (source) =>
  [...source.matchAll(/\b(\d+(?:_\d{3})+),?\s*\);?$/gm)].reduce((sum, [, number]) => sum + Number(number.replaceAll('_', '')), 0);

/**
 * Where Jest does not know yet how long tests take, as in a fresh clone, it begins with the largest files; one of minutes that happens
 * to be small comes last, and everything else has ended while it runs. Here those begin that may take longest by their own word.
 */
class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.every(({ duration }) => duration !== undefined)) return sorted;
    const allowed = new Map(sorted.map(({ path }) => [path, allowedMs(readFileSync(path, 'utf8'))]));
    return sorted.toSorted((one, other) => allowed.get(other.path) - allowed.get(one.path));
  }
}

module.exports = LongestFirst;
