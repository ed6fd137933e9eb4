export { startEngines } from './engines';
