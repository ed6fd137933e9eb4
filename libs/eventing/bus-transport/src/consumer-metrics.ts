/** Numbers that a process shows about its consumers. */
export type ConsumerMetrics = {
  readonly handled: (group: string, topic: string, messages: number, seconds: number) => void;
  readonly retried: (group: string, topic: string) => void;
  readonly parked: (group: string, topic: string, events: number) => void;
  /** A publisher's log was replaced by another one: a restore or a fail-over. */
  readonly sourceChanged: (group: string, topic: string, before: string, now: string) => void;
  /** The group's own database was restored: it hears the topic from its start. */
  readonly heardAgain: (group: string, topic: string) => void;
};

/** For those who look at no numbers. */
export const noMetrics: ConsumerMetrics = {
  handled: () => undefined,
  retried: () => undefined,
  parked: () => undefined,
  sourceChanged: () => undefined,
  heardAgain: () => undefined,
};

export type ConsumerLog = {
  readonly info: (details: object, message: string) => void;
  readonly warn: (details: object, message: string) => void;
  readonly error: (details: object, message: string) => void;
};
