export { eventually } from './testing/eventually';
export { runningService, type Answer, type Call, type RunningTestService } from './testing/running-service';
