export { joinEngines, startEngines } from './engines';
