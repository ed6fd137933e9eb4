import type { IntegrationMessage } from '@stockproof/integration-bus';
import { keptMessages } from './kept-messages';

const topic = 'stockproof.sales.order-events.v1';

/** A topic as long as told; a look waits until it is let go, with what was there when it was let go. */
const countedTopic = () => {
  let holds = 0;
  let atOnce = true;
  const waiting: (() => void)[] = [];
  const lag = async () => {
    if (!atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    return [{ topic, partition: 0, behind: holds, oldestUnread: null, next: '0' }];
  };
  const kept = keptMessages({ service: 'sales', topics: [topic], bus: { lag } as never });
  return {
    ...kept,
    tell: (messages: number) => {
      const told = Array.from({ length: messages }, () => ({ topic }) as IntegrationMessage);
      return kept.telling(told, async () => void (holds += messages));
    },
    empty: () => void (holds = 0),
    hold: () => void (atOnce = false),
    letGo: () => {
      atOnce = true;
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
};

describe('what the topics of a publisher must hold', () => {
  it('is what the last look found and what was told since', async () => {
    const counted = countedTopic();
    await counted.tell(2);
    expect(await counted.look()).toEqual([]);
    await counted.tell(1);
    expect(await counted.look()).toEqual([]);
    counted.empty();
    await counted.tell(2);
    expect(await counted.look()).toEqual([topic]);
    expect(await counted.look()).toEqual([]);
  });

  it('is missed also where nobody had looked before it was lost', async () => {
    const counted = countedTopic();
    await counted.tell(3);
    counted.empty();
    expect(await counted.look()).toEqual([topic]);
  });

  it('is never more than what is there: what is told during a look may have been seen by it', async () => {
    const counted = countedTopic();
    counted.hold();
    const looked = counted.look();
    await counted.tell(2);
    counted.letGo();
    await looked;
    expect(await counted.look()).toEqual([]);
  });

  it('nor is what was begun before a look and ended behind it', async () => {
    const counted = countedTopic();
    let ended = (): void => undefined;
    const telling = counted.telling([{ topic } as IntegrationMessage], async () => {
      await new Promise<void>((resolve) => (ended = resolve));
    });
    await counted.tell(1);
    await counted.look();
    ended();
    await telling;
    expect(await counted.look()).toEqual([]);
  });
});
