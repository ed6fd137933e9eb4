import { appendingSuite } from './testing/appending.suite';
import { followingSuite } from './testing/following.suite';
import type { OpenStore } from './testing/opened-store';
import { readingSuite } from './testing/reading.suite';

/** What every event store does, whichever engine is behind it. `open` hands over an empty store; closing it twice is harmless. */
export const eventStoreSuite = (name: string, open: OpenStore): void => {
  describe(`${name} is an event store`, () => {
    appendingSuite(open);
    readingSuite(open);
    followingSuite(open);
  });
};
