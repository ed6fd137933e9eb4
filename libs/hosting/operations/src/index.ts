export { erasuresOf } from './erasures';
export { exportEvents, type EventsExported } from './exporting-events';
export { readLag, type Behind, type ConsumerLag, type PublisherLag, type ServiceLag, type ViewLag } from './lag';
export { operatedService, type OperatedService } from './operated-service';
export { parkedKeysOf, type ParkedAsked } from './parked';
export { databaseAnswers, reach, type Reached } from './reaching';
export { healthAt, type HealthAnswer } from './health';
export { rebuildView, viewNames, type RebuildSeen, type ViewRebuilt } from './rebuilding-views';
export { tellAgain, toldAgain, type ToldAgain } from './telling-again';
