export { correlationOf, type Correlation } from './correlation';
export { loggerOptions, serviceLogger } from './logging';
export { secondsBuckets, serviceMetrics, type Metrics, type Reading } from './metrics';
export { observeRequests } from './observe-requests';
export { childOf, newTraceparent, parseTraceparent } from './traceparent';
