import { fulfillmentChannelSuite, inMemoryCapabilities, inMemoryWarehouse } from './testing';

fulfillmentChannelSuite('in memory', inMemoryCapabilities, async () => inMemoryWarehouse());
