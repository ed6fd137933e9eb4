import {
  ChannelUnavailable,
  type Cursor,
  type Effect,
  type HandOver,
  type Page,
  type TakeBack,
  type Unanswered,
} from '@stockproof/channel-exchange';
import type { Json } from '@stockproof/decider';
import type { z } from 'zod';
import type { OutboundHttp } from './outbound/outbound-http';
import { peerTransport, silence, type PeerAnswer } from './peer-transport';
import type { GenericHttpSetUp } from './set-up';
import { acceptedAnswer, pageAnswer, refusalAnswer, takenBackAnswer } from './wire/answers';
import { problemsOf } from './wire/values';

const unanswered = (error: unknown): Unanswered => ({ outcome: 'unanswered', ...silence(error) });

/** Handed over without a readable receipt: the work may be done, so the same is asked again. */
const notAnAnswer = (error: z.ZodError) => unanswered(new Error(`answered what cannot be read: ${problemsOf(error)}`));

const refusal = ({ status, said }: PeerAnswer) => {
  const read = refusalAnswer.safeParse(said);
  return read.success ? read.data : { code: `http-${status}`, message: `the channel answered ${status}` };
};

const handedOver = (answer: PeerAnswer): HandOver => {
  if (answer.status >= 300) return { outcome: 'rejected', refusal: refusal(answer) };
  const taken = acceptedAnswer.safeParse(answer.said);
  return taken.success ? { outcome: 'accepted', externalId: taken.data.externalId } : notAnAnswer(taken.error);
};

const takenBack = (answer: PeerAnswer): TakeBack => {
  if (answer.status >= 300) return { outcome: 'refused', refusal: refusal(answer) };
  const back = takenBackAnswer.safeParse(answer.said);
  if (!back.success) return notAnAnswer(back.error);
  if (back.data.outcome !== 'refused') return { outcome: back.data.outcome };
  return { outcome: 'refused', refusal: { code: back.data.code, message: back.data.message } };
};

const pageOf = <Item>({ said }: PeerAnswer, item: z.ZodType<Item>, asked: Cursor | null): Page<Item> => {
  const page = pageAnswer.safeParse(said);
  if (!page.success) throw new ChannelUnavailable(`answered what is no page: ${problemsOf(page.error)}`);
  const items: Item[] = [];
  const unreadable: { original: Json; problem: string }[] = [];
  for (const original of page.data.items) {
    const read = item.safeParse(original);
    if (read.success) items.push(read.data);
    else unreadable.push({ original, problem: problemsOf(read.error) });
  }
  const { nextCursor, more } = page.data;
  return { items, unreadable, nextCursor, more: more && nextCursor !== asked };
};

/** The four ways in which a peer is asked for something, each with its answers. */
export const peerCalls = (outbound: OutboundHttp, setUp: GenericHttpSetUp) => {
  const { post, read } = peerTransport(outbound, setUp);
  return {
    handOver: (path: string, body: object, effect: Effect): Promise<HandOver> => post(path, body, effect).then(handedOver, unanswered),
    takeBack: (path: string, effect: Effect): Promise<TakeBack> => post(path, {}, effect).then(takenBack, unanswered),
    readPage: async <Item>(path: string, item: z.ZodType<Item>, after: Cursor | null): Promise<Page<Item>> => {
      const query = new URLSearchParams({ limit: String(setUp.pageSize), ...(after === null ? {} : { after }) });
      return pageOf(await read(`${path}?${query}`), item, after);
    },
    readOne: async <Value>(path: string, value: z.ZodType<Value>): Promise<Value> => {
      const one = value.safeParse((await read(path)).said);
      if (one.success) return one.data;
      throw new ChannelUnavailable(`answered what cannot be read: ${problemsOf(one.error)}`);
    },
  };
};

export type PeerCalls = ReturnType<typeof peerCalls>;
