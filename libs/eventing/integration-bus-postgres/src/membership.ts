import type { SubscribeOptions } from '@stockproof/integration-bus';
import type { Connections } from './connections';
import type { PartitionLog } from './partition-log';
import { PartitionReader } from './partition-reader';
import type { TopicEntry } from './topic-directory';
import type { Advance } from './wake-ups';

type Member = {
  readonly id: string;
  readonly options: SubscribeOptions;
  topics: readonly TopicEntry[];
  readonly readers: Map<string, PartitionReader>;
  leaving: boolean;
};

type Owned = {
  readonly out_member: string;
  readonly out_topic: number;
  readonly out_partition: number;
  readonly out_fence: string;
  readonly out_next: string;
  readonly out_head: string;
  readonly out_keep: boolean;
};

export type MembershipOptions = {
  readonly client: string;
  readonly connections: Connections;
  readonly log: PartitionLog;
  /** Topics as they are now, created anew where somebody deleted them. */
  readonly restore: (topics: readonly TopicEntry[]) => Promise<readonly TopicEntry[]>;
  /** How long others wait for a client that fell silent. */
  readonly leaseMs: number;
  readonly tellMembers: (group: string) => void;
};

/** How often a client says that it lives, looks for partitions that are its turn, and for messages whose wake-up it missed. */
const beatsPerLease = 3.5;
const freshEnoughMs = 1_000;

/** The members of all groups in this client: what they own, and the partition readers that follow from it. */
export class Membership {
  readonly #members = new Map<string, Member>();
  #timer: NodeJS.Timeout | null = null;
  #livesUntil = Number.NEGATIVE_INFINITY;
  #lastBeat = Number.NEGATIVE_INFINITY;
  #turn: Promise<void> = Promise.resolve();
  #wanted: Promise<void> | null = null;

  constructor(private readonly to: MembershipOptions) {}

  async join(options: SubscribeOptions, topics: readonly TopicEntry[], id: string): Promise<() => Promise<void>> {
    const { leaseMs } = this.to;
    await this.#joinGroup(options.group, topics);
    const member: Member = { id, options, topics, readers: new Map(), leaving: false };
    this.#members.set(id, member);
    this.#timer ??= setInterval(() => void this.beat(), leaseMs / beatsPerLease).unref();
    await this.beat();
    this.to.tellMembers(options.group);
    return () => this.#leave(member);
  }

  /** Says that the client lives and takes in what it owns; calls made at the same time share one. Errors go to the subscribers. */
  beat(): Promise<void> {
    this.#wanted ??= this.#inTurn(async () => {
      this.#wanted = null;
      await this.#beatOnce().catch((error: unknown) => this.#members.forEach(({ options }) => options.onError?.(error)));
    });
    return this.#wanted;
  }

  onAdvances(advances: readonly Advance[]): void {
    for (const { readers } of this.#members.values())
      for (const { topicNo, partition, next } of advances) readers.get(`${topicNo}/${partition}`)?.wake(next);
  }

  /** Somebody came or went in a group. */
  onMembers(group: string): void {
    if ([...this.#members.values()].some(({ options }) => options.group === group)) void this.beat();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#members.values()].map((member) => this.#leave(member)));
    if (this.#timer) clearInterval(this.#timer);
    await this.#turn;
  }

  /** Beats, and changes of what is owned, follow each other: an answer must not be older than what it is compared with. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** A deleted topic is created anew and heard from its start: its publisher tells everything again. */
  async #restoreTopics(): Promise<void> {
    const members = [...this.#members.values()].filter(({ leaving }) => !leaving);
    const topics = [...new Map(members.flatMap((member) => member.topics.map((topic) => [topic.no, topic] as const))).values()];
    const now = await this.to.restore(topics);
    const changed = new Map(
      topics.flatMap((topic, index) => (now[index] === topic ? [] : [[topic.no, now[index] as TopicEntry] as const])),
    );
    for (const member of members) {
      if (!member.topics.some(({ no }) => changed.has(no))) continue;
      member.options.onError?.(new Error('a topic was deleted; it is created anew and heard from its start'));
      member.topics = member.topics.map((topic) => changed.get(topic.no) ?? topic);
      await this.#joinGroup(member.options.group, member.topics);
    }
  }

  async #joinGroup(group: string, topics: readonly TopicEntry[]): Promise<void> {
    await this.to.connections.query('join', 'select bus.join_group($1, $2)', [group, topics.map(({ no }) => no)]);
  }

  async #beatOnce(): Promise<void> {
    await this.#restoreTopics();
    const staying = [...this.#members.values()]
      .filter(({ leaving }) => !leaving)
      .flatMap((member) => member.topics.map((topic) => ({ member, topic })));
    if (staying.length === 0) return;
    const sent = performance.now();
    const owned = await this.to.connections.query<Owned>('beat', 'select * from bus.beat($1, $2, $3, $4, $5)', [
      this.to.client,
      this.to.leaseMs,
      staying.map(({ member }) => member.options.group),
      staying.map(({ topic }) => topic.no),
      staying.map(({ member }) => member.id),
    ]);
    this.#lastBeat = sent;
    this.#livesUntil = sent + this.to.leaseMs;
    for (const member of new Set(staying.map(({ member: each }) => each)))
      this.#takeIn(
        member,
        owned.filter(({ out_member }) => out_member === member.id),
      );
  }

  #takeIn(member: Member, owned: readonly Owned[]): void {
    const now = new Map(owned.map((row) => [`${row.out_topic}/${row.out_partition}`, row]));
    for (const [key, reader] of member.readers) {
      if (now.get(key)?.out_fence === String(reader.lease.fence)) continue;
      reader.lose();
      member.readers.delete(key);
    }
    for (const [key, row] of now) {
      const reader = member.readers.get(key) ?? this.#newReader(member, row);
      member.readers.set(key, reader);
      if (row.out_keep) reader.wake(Number(row.out_head));
      else if (!reader.stopping) void this.#handOver(member, key, reader);
    }
  }

  #newReader(member: Member, row: Owned): PartitionReader {
    const topic = member.topics.find(({ no }) => no === row.out_topic)?.name ?? '';
    const lease = { member: member.id, topicNo: row.out_topic, topic, partition: row.out_partition, fence: Number(row.out_fence) };
    return new PartitionReader(lease, Number(row.out_next), member.options, {
      log: this.to.log,
      lives: () => performance.now() < this.#livesUntil,
      sayAlive: async () => {
        if (performance.now() - this.#lastBeat > freshEnoughMs) await this.beat();
      },
    });
  }

  /** Others by a signal, this client's own members directly. */
  #tellOfChange(group: string): void {
    this.to.tellMembers(group);
    this.onMembers(group);
  }

  async #handOver(member: Member, key: string, reader: PartitionReader): Promise<void> {
    await reader.finish();
    await this.#inTurn(async () => {
      if (member.readers.get(key) === reader) member.readers.delete(key);
      await reader.release();
    }).catch((error: unknown) => member.options.onError?.(error));
    this.#tellOfChange(member.options.group);
  }

  async #leave(member: Member): Promise<void> {
    if (member.leaving) return;
    member.leaving = true;
    await this.#turn;
    await Promise.all([...member.readers.values()].map((reader) => reader.finish()));
    await this.#inTurn(async () => {
      member.readers.forEach((reader) => reader.lose());
      this.#members.delete(member.id);
      await this.to.connections.query('leave', 'select bus.leave_group($1, $2)', [member.options.group, member.id]);
    }).catch((error: unknown) => member.options.onError?.(error));
    this.#tellOfChange(member.options.group);
  }
}
