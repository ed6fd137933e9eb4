import type { Published } from './where-to-begin';

/** A group that nobody is in: it is behind by all that a topic holds. */
const nobody = (service: string): string => `${service}.publisher`;

/**
 * Looks at how much the topics of a publisher hold, and answers those that hold less than at the look before: somebody deleted or emptied
 * them. Publishing notices that only with the next message, and what was told before would be missing until then. A topic that its
 * bus shortens by age is named as well; whoever is told finds out.
 */
export const keptMessages = ({
  service,
  topics,
  bus,
}: Pick<Published, 'service' | 'topics' | 'bus'>): (() => Promise<readonly string[]>) => {
  let before: ReadonlyMap<string, number> = new Map();
  return async () => {
    const kept = new Map<string, number>(topics.map((topic) => [topic, 0]));
    for (const { topic, behind } of await bus.lag(nobody(service), topics)) kept.set(topic, (kept.get(topic) ?? 0) + behind);
    const shorter = topics.filter((topic) => (kept.get(topic) ?? 0) < (before.get(topic) ?? 0));
    before = kept;
    return shorter;
  };
};
