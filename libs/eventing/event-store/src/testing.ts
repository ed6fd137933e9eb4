export { eventStoreSuite } from './event-store.suite';
export { eventually } from './testing/eventually';
export { aMeta, anEvent, appendOf, someEvents } from './testing/events';
export type { OpenStore } from './testing/opened-store';
