import { status, type ServerWritableStream } from '@grpc/grpc-js';
import type streams from '@eventstore/db-client/generated/streams_pb';
import { checkpoint, confirmation, eventAnswer } from './messages';
import { firstFrom } from './reads';
import type { StoredEvent, StoredLog } from './stored-log';

export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** What the server is made to do that its clients must live with. */
export type Oddities = {
  /** A subscription that matched nothing says a checkpoint beyond the end of the log. */
  checkpointBeyondEnd: boolean;
  /** Every append is written at once and answered so many milliseconds later. */
  appendAnswersLateMs: number;
};

/** Events that a subscription looks through between two checkpoints, times what the client asked for. */
const searchWindow = 32;
const farBeyond = 1_000_000n;

/** Follows `$all` with a filter on stream names: all that is there, then live; answers how to break it off. */
export const follow = (log: StoredLog, call: ReadCall, oddities: Oddities): (() => void) => {
  const options = call.request.getOptions();
  const asked = options?.getAll();
  const { prefixes, every } = filterOf(options);
  const state = { looked: 0, matched: 0 };
  call.write(confirmation());

  const look = (event: StoredEvent): void => {
    state.looked += 1;
    if (prefixes.some((prefix) => event.stream.startsWith(prefix))) {
      state.matched += 1;
      call.write(eventAnswer(event));
    }
    if (state.looked % every === 0) call.write(checkpoint(event.position));
  };
  for (const event of log.all.slice(firstAfter(log, asked))) look(event);
  if (oddities.checkpointBeyondEnd && state.matched === 0) call.write(checkpoint((log.all.at(-1)?.position ?? 0n) + farBeyond));
  const silence = log.onAppend(look);
  call.on('cancelled', silence);
  return () => {
    silence();
    call.emit('error', Object.assign(new Error('the server drops the subscription'), { code: status.UNAVAILABLE, details: 'dropped' }));
  };
};

const filterOf = (options: streams.ReadReq.Options | undefined) => ({
  prefixes: options?.getFilter()?.getStreamIdentifier()?.getPrefixList() ?? [],
  every: Math.max(1, options?.getFilter()?.getCheckpointintervalmultiplier() ?? 1) * searchWindow,
});

/** A subscription goes on after the place that it names. */
const firstAfter = ({ all }: StoredLog, asked: streams.ReadReq.Options.AllOptions | undefined): number => {
  if (asked?.hasEnd()) return all.length;
  return asked?.hasPosition() ? firstFrom(all, BigInt(asked.getPosition()?.getCommitPosition() ?? 0) + 1n) : 0;
};
