export { anySteps, told, type Step } from './sales-order/testing/any-history';
