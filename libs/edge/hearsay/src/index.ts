export { heard, type Heard, type LooksUp } from './heard';
export { HearsayModule } from './hearsay.module';
export { NotHeardYet } from './not-heard-yet';
export { onceHeard } from './once-heard';
