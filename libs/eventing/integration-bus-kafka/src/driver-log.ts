import { logLevel, type LogEntry } from 'kafkajs';

export type BusLog = {
  readonly info: (details: object, message: string) => void;
  readonly warn: (details: object, message: string) => void;
};

/** What the driver calls an error and every cluster does all day: elections, rebalancing, coordinators that move or load. */
const normalLife =
  /rebalanc|coordinator|leadership|leader|re-join|not aware of this member|does not host this topic|limiting retries|removed? unreachable/i;

const sameThingMs = 30_000;

/** Tells the driver's log lines: normal life as information, the rest as warnings, the same sentence at most twice a minute. */
export const quietAboutNormalLife = (log: BusLog | undefined): ((level: logLevel, entry: LogEntry['log']) => void) => {
  const told = new Map<string, number>();
  return (level, { message, error, broker, groupId }) => {
    const sentence = [message, error].filter((each) => typeof each === 'string').join(': ');
    const now = performance.now();
    if (!log || level > logLevel.WARN || now - (told.get(sentence) ?? Number.NEGATIVE_INFINITY) < sameThingMs) return;
    if (told.size > 200) told.clear();
    told.set(sentence, now);
    const details = { broker: broker as unknown, group: groupId as unknown, driver: sentence };
    if (normalLife.test(sentence)) log.info(details, 'Kafka goes through a change');
    else log.warn(details, 'Kafka has a difficulty');
  };
};
