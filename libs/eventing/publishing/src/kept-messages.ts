import type { IntegrationMessage } from '@stockproof/integration-bus';
import type { Published } from './where-to-begin';

/** A group that nobody is in: it is behind by all that a topic holds. */
const nobody = (service: string): string => `${service}.publisher`;

export type KeptMessages = {
  /** Topics that hold less than they must: somebody deleted or emptied them. */
  readonly look: () => Promise<readonly string[]>;
  /** Publishes, and expects of the next look that it finds these messages. */
  readonly telling: (messages: readonly IntegrationMessage[], publish: () => Promise<void>) => Promise<void>;
};

/**
 * Looks at how much the topics of a publisher hold, and answers those that hold less than at the look before and what was told since.
 * Publishing itself notices a lost topic only with the next message, and what was told before would be missing until then. A topic that
 * its bus shortens by age is named as well; whoever is told finds out.
 *
 * Never expects too much: what is told while a look is under way may be in what it finds or not, and is not expected.
 */
export const keptMessages = ({ service, topics, bus }: Pick<Published, 'service' | 'topics' | 'bus'>): KeptMessages => {
  const expected = new Map<string, number>();
  let looks = 0;
  let looking = false;
  return {
    look: async () => {
      looking = true;
      looks += 1;
      try {
        const kept = new Map<string, number>(topics.map((topic) => [topic, 0]));
        for (const { topic, behind } of await bus.lag(nobody(service), topics)) kept.set(topic, (kept.get(topic) ?? 0) + behind);
        const shorter = topics.filter((topic) => (kept.get(topic) ?? 0) < (expected.get(topic) ?? 0));
        for (const [topic, messages] of kept) expected.set(topic, messages);
        return shorter;
      } finally {
        looking = false;
      }
    },
    telling: async (messages, publish) => {
      const at = looking ? null : looks;
      await publish();
      if (at === looks) for (const { topic } of messages) expected.set(topic, (expected.get(topic) ?? 0) + 1);
    },
  };
};
