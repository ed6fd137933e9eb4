import type { DeliveredMessage } from '@stockproof/integration-bus';
import type { Call } from './captured-calls';

const place = (stream: string): string => stream.slice(stream.lastIndexOf('-') + 1);

/** What happens, in few words: for schedules that are read by people. */
export const labelOf = (what: Call | DeliveredMessage): string => {
  if (!('asks' in what)) {
    const { orderId, sku, attempt, revision } = what.data;
    const name = what.type.split('.').at(-2) ?? what.type;
    return [name, orderId ?? sku, attempt ?? revision].filter((each) => each !== undefined).join(' ');
  }
  switch (what.asks) {
    case 'append':
      return what.appends
        .map(({ stream, expectedRevision, events }) =>
          events.length === 0
            ? `checks ${place(stream)} at ${expectedRevision}`
            : `appends ${events.map((event) => event.type).join(' + ')} to ${place(stream)} at ${expectedRevision}`,
        )
        .join(', ');
    case 'read':
      return `reads ${what.reads.map(({ stream }) => place(stream)).join(' + ')}`;
    case 'waiting':
      return `asks who waits for ${what.skuKeys.join(' + ')}`;
    case 'commit':
      return `commits`;
  }
};
