import { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from 'kafkajs';
import { isTransientKafka, whatItMeant, whyUnreachable } from './failure';

const refused = new KafkaJSConnectionError('connect ECONNREFUSED 127.0.0.1:9092', { broker: '127.0.0.1:9092' });
const givenUp = new KafkaJSNumberOfRetriesExceeded(refused, { retryCount: 5, retryTime: 2_000 });
/** What the driver throws; `Object.assign` because its types let nobody make one. */
const refusedLogin = Object.assign(new KafkaJSNonRetriableError('wrong password'), { name: 'KafkaJSSASLAuthenticationError' });
/** The driver decides by the error's own word whether it passes. */
const protocol = (message: string, retriable: boolean) => new KafkaJSProtocolError(Object.assign(new Error(message), { retriable }));

describe('a failure of Kafka', () => {
  it('passes by itself where a connection or an election is in the way, also when the driver gave up waiting', () => {
    expect([refused, givenUp, protocol('There is no leader', true)].map(isTransientKafka)).toEqual([true, true, true]);
  });

  it('does not where somebody must do something, or where it is no failure of Kafka', () => {
    const refusals = [refusedLogin, protocol('The topic is not valid', false), new Error('no'), 'no', null];
    expect(refusals.map(isTransientKafka)).toEqual([false, false, false, false, false]);
  });

  it('passes where the driver stumbles over an answer that it did not get', () => {
    const stumbled = new TypeError("Cannot destructure property 'topicMetadata'");
    expect(isTransientKafka(stumbled)).toBe(false);
    const wrapped = Object.assign(new KafkaJSNonRetriableError('stumbled'), { cause: stumbled });
    expect([stumbled, wrapped].map(whatItMeant).map(isTransientKafka)).toEqual([true, true]);
    expect(whatItMeant(refused)).toBe(refused);
  });

  it('is told as a sentence with the way out', () => {
    expect(whyUnreachable(givenUp)).toMatch(/^cannot be reached: .*ECONNREFUSED.*whether it runs\.$/);
    expect(whyUnreachable(refusedLogin)).toMatch(/does not let us in: wrong password\. Check KAFKA_SASL/);
  });
});
