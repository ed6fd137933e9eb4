export { anySteps, told, type Step } from './sales-order/testing/any-history';
/** One order's messages, as its stories tell them. */
export * as orderMessages from './sales-order/testing/messages';
