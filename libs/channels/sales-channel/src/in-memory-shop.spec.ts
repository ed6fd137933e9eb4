import { inMemoryCapabilities, inMemoryShop, salesChannelSuite } from './testing';

salesChannelSuite('in memory', inMemoryCapabilities, async () => inMemoryShop());
