import type { BusSubscription, PartitionBatch, SubscribeOptions } from './integration-bus';
import { keyOf, offsetOf, rebalance, type Group, type Lease, type Member } from './in-memory-group';
import { delivered, type InMemoryTopics } from './in-memory-topics';

type Hold = { readonly group: string; readonly topic: string | undefined };
type Held = { readonly of: Group; readonly lease: Lease };

/** Hands the logs of an in-memory bus to its groups: one batch at a time per partition, again after a rejection. */
export class InMemoryDeliveries {
  readonly #groups = new Map<string, Group>();
  readonly #holds = new Set<Hold>();
  #scheduled = false;

  constructor(
    private readonly topics: InMemoryTopics,
    private readonly manual: boolean,
    private readonly retryMs: number,
  ) {}

  group(name: string): Group {
    const known = this.#groups.get(name) ?? { name, members: [], leases: new Map<string, Lease>(), offsets: new Map<string, number>() };
    this.#groups.set(name, known);
    return known;
  }

  async subscribe(options: SubscribeOptions): Promise<BusSubscription> {
    options.topics.forEach((topic) => this.topics.partitionsOf(topic));
    const of = this.group(options.group);
    const member: Member = { options, inHand: new Set(), stopping: false };
    of.members.push(member);
    this.#share(of);
    this.wake();
    return { stop: () => this.#leave(of, member) };
  }

  wake(): void {
    if (this.manual || this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      for (const held of this.#deliverable()) void this.#run(held);
    });
  }

  async deliver(name?: string): Promise<PartitionBatch | null> {
    const next = this.#deliverable().find(({ of }) => name === undefined || of.name === name);
    return next ? this.#run(next) : null;
  }

  async settle(): Promise<void> {
    while (this.#all().some((held) => held.lease.busy !== null || this.#pending(held))) {
      if (this.manual) await this.deliver();
      await Promise.all([...this.#all().map(({ lease }) => lease.busy), new Promise((resolve) => setTimeout(resolve, 1))]);
    }
  }

  holdBack(group: string, topic?: string): () => void {
    const hold = { group, topic };
    this.#holds.add(hold);
    return () => {
      this.#holds.delete(hold);
      this.wake();
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#groups.values()].flatMap((of) => of.members.map((member) => this.#leave(of, member))));
  }

  #all(): readonly Held[] {
    return [...this.#groups.values()].flatMap((of) => [...of.leases.values()].map((lease) => ({ of, lease })));
  }

  #pending({ of, lease }: Held): boolean {
    const heldBack = [...this.#holds].some((hold) => hold.group === of.name && (hold.topic === undefined || hold.topic === lease.topic));
    const written = this.topics.partitionsOf(lease.topic)[lease.partition]?.length ?? 0;
    return !heldBack && !lease.member.stopping && offsetOf(of, lease.topic, lease.partition) < written;
  }

  #deliverable(): readonly Held[] {
    return this.#all().filter((held) => !held.lease.busy && (this.manual || !held.lease.waiting) && this.#pending(held));
  }

  #share(of: Group): void {
    rebalance(of, (topic) => this.topics.partitionsOf(topic).length);
  }

  async #run({ of, lease }: Held): Promise<PartitionBatch> {
    const { topic, partition, member } = lease;
    const from = offsetOf(of, topic, partition);
    const log = this.topics.partitionsOf(topic)[partition] ?? [];
    const batch = { topic, partition, messages: log.slice(from, from + (member.options.batchSize ?? 500)).map(delivered) };
    const busy = this.#handOver(of, lease, batch);
    lease.busy = busy;
    member.inHand.add(busy);
    await busy;
    lease.busy = null;
    member.inHand.delete(busy);
    this.#share(of);
    this.wake();
    return batch;
  }

  async #handOver(of: Group, lease: Lease, batch: PartitionBatch): Promise<void> {
    const owns = () => !lease.lost;
    try {
      await lease.member.options.onBatch(batch, { owns, heartbeat: async () => undefined });
      if (!owns()) return;
      of.offsets.set(keyOf(lease.topic, lease.partition), Number(batch.messages.at(-1)?.offset) + 1);
      lease.failures = 0;
    } catch (error) {
      lease.member.options.onError?.(error);
      this.#waitAfterFailure(lease);
    }
  }

  #waitAfterFailure(lease: Lease): void {
    lease.waiting = true;
    const waitMs = this.retryMs * Math.min(2 ** lease.failures, 100);
    lease.failures += 1;
    setTimeout(() => {
      lease.waiting = false;
      this.wake();
    }, waitMs);
  }

  async #leave(of: Group, member: Member): Promise<void> {
    member.stopping = true;
    await Promise.all(member.inHand);
    of.members.splice(0, of.members.length, ...of.members.filter((other) => other !== member));
    this.#share(of);
    this.wake();
  }
}
