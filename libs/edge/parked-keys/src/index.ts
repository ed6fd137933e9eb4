export { ParkedKeysModule } from './parked-keys.module';
