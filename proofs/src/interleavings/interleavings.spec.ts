import { isDeep } from './interleavings.config';
import { deeper, everyTime, searched } from './searches';

const searches = isDeep ? [...everyTime, ...deeper] : everyTime;
const total = { states: 0, transitions: 0, seconds: 0 };

describe('every interleaving of owners, orders, people and failures', () => {
  it.each(searches)(
    'keeps its promises and leaves nobody behind: $of ($under)',
    async ({ floor, ...planned }) => {
      const { states, transitions, seconds, isWhole, found } = await searched(planned);
      total.states += states;
      total.transitions += transitions;
      total.seconds += seconds;
      expect({ found, isWhole }).toEqual({ found: null, isWhole: true });
      expect(states).toBeGreaterThanOrEqual(floor);
    },
    isDeep ? 3_600_000 : 120_000,
  );

  afterAll(() =>
    process.stdout.write(
      `${searches.length} searches: ${total.states} states, ${total.transitions} transitions, ${total.seconds.toFixed(0)} s${isDeep ? '' : '; npm run test:interleavings searches further'}\n`,
    ),
  );
});
