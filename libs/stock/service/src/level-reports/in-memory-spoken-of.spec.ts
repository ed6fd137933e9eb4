import { inMemorySpokenOf } from './in-memory-spoken-of';
import { spokenOfSuite } from './spoken-of.suite';

spokenOfSuite('in memory', async (clock) => inMemorySpokenOf(clock));
