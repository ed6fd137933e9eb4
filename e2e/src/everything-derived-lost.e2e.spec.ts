import { tellOfEverythingDerivedLost } from './testing/everything-derived-lost';

describe('all topics and all views lost at once in the middle of a run', () =>
  tellOfEverythingDerivedLost(() => ({
    environment: {},
    loseTopics: async (database) => void (await database.query('drop schema bus cascade')),
    notices: { 'the bus is gone': /the schema of the integration bus is not there/ },
  })));
