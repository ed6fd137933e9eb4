import type { DeliveredMessage } from '@stockproof/integration-bus';

/** The last message of a source that a group has dealt with in a partition. */
export type Checkpoint = { readonly sourcePosition: string; readonly ordinal: number; readonly messageId: string };
export type Checkpoints = ReadonlyMap<string, Checkpoint>;

/** A message that waits in `parked_events`. With a reason: it is the one at fault. */
export type Parked = { readonly message: DeliveredMessage; readonly reason: string | null };

export type Plan = {
  readonly handle: readonly DeliveredMessage[];
  readonly park: readonly Parked[];
  /** Where the sources of the batch stand after it; those that do not move are missing. */
  readonly moved: Checkpoints;
};

/** Positions compare as text; an event's own messages by their ordinals. */
const isSeen = (checkpoint: Checkpoint | undefined, message: DeliveredMessage): boolean =>
  checkpoint !== undefined &&
  (message.sourcePosition < checkpoint.sourcePosition ||
    (message.sourcePosition === checkpoint.sourcePosition && message.ordinal <= checkpoint.ordinal));

/**
 * What to do with a batch: skip what the group has dealt with, park what belongs to a parked key or follows a message known to be
 * at fault (`poisons`: message id to reason), handle the rest.
 */
export const planOf = (
  messages: readonly DeliveredMessage[],
  seen: Checkpoints,
  parkedKeys: ReadonlySet<string>,
  poisons: ReadonlyMap<string, string>,
): Plan => {
  const moved = new Map<string, Checkpoint>();
  const parkedNow = new Set(parkedKeys);
  const handle: DeliveredMessage[] = [];
  const park: Parked[] = [];
  for (const message of messages) {
    if (isSeen(moved.get(message.source) ?? seen.get(message.source), message)) continue;
    moved.set(message.source, { sourcePosition: message.sourcePosition, ordinal: message.ordinal, messageId: message.id });
    const reason = parkedNow.has(message.orderingKey) ? null : poisons.get(message.id);
    if (reason === undefined) {
      handle.push(message);
      continue;
    }
    parkedNow.add(message.orderingKey);
    park.push({ message, reason });
  }
  return { handle, park, moved };
};
