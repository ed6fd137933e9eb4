export type { KafkaConnection, KafkaLogin, KafkaTls } from './connection';
export { isTransientKafka, whyUnreachable } from './failure';
export { kafkaBus, type KafkaBus, type KafkaBusOptions } from './kafka-bus';
