export { countedBy, pastMoments, type Moments } from './past/moments';
export { readPastLevels } from './past/past-levels.query';
export { stockService } from './stock.module';
export { verifyOnDemand, type Verified } from './verification/verifying-on-demand';
export { readPromises } from './views/stock-promises/stock-promises.query';
