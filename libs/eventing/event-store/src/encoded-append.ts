import { isStorableText } from '@stockproof/vocabulary';
import { maxAppendBytes, type NewEvent, type Revision, type StreamAppend, type StreamName } from './event-store';

/** An event as the texts that an engine keeps. */
export type EncodedEvent = { readonly id: string; readonly type: string; readonly data: string; readonly meta: string };

/** An append as text, ready for any engine. */
export type EncodedAppend = {
  readonly stream: StreamName;
  readonly expectedRevision: Revision;
  readonly events: readonly EncodedEvent[];
  readonly bytes: number;
};

export type Encoding = { readonly storable: true; readonly append: EncodedAppend } | { readonly storable: false; readonly reason: string };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const maxStreamNameBytes = 1_000;

/** JSON text spells NUL and lone surrogates as escapes; an even number of backslashes before one only quotes it. */
const unstorableEscape = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

const isStorableJson = (json: string): boolean => !json.includes('\\u') || !unstorableEscape.test(json);

/** The append as text, or why no engine may keep it: every adapter asks this, so that all refuse the same. */
export const encodeAppend = ({ stream, expectedRevision, events }: StreamAppend): Encoding => {
  const misaddressed = wrongAddress(stream, expectedRevision);
  if (misaddressed) return { storable: false, reason: misaddressed };
  const encoded = events.map(encodeEvent);
  const refused = encoded.find((event) => typeof event === 'string');
  if (refused !== undefined) return { storable: false, reason: refused };
  const kept = encoded.filter((event) => typeof event !== 'string');
  const bytes = kept.reduce(
    (sum, { id, type, data, meta }) => sum + id.length + type.length + Buffer.byteLength(data) + Buffer.byteLength(meta),
    0,
  );
  if (bytes > maxAppendBytes) return { storable: false, reason: `The append is larger than ${maxAppendBytes} bytes.` };
  return { storable: true, append: { stream, expectedRevision, events: kept, bytes } };
};

/** The event as text, or why it cannot be kept. */
const encodeEvent = ({ id, type, data, meta }: NewEvent): EncodedEvent | string => {
  try {
    const event = { id, type, data: JSON.stringify(data), meta: JSON.stringify(meta) };
    return unstorable(event) ?? event;
  } catch (error) {
    return `The event is no JSON: ${String(error)}`; // too deep, or circular
  }
};

const wrongAddress = (stream: StreamName, expectedRevision: Revision): string | null => {
  if (stream === '' || !isStorableText(stream)) return 'The stream name is empty or holds NUL or a lone surrogate.';
  if (Buffer.byteLength(stream) > maxStreamNameBytes) return `The stream name is longer than ${maxStreamNameBytes} bytes.`;
  if (!Number.isSafeInteger(expectedRevision) || expectedRevision < 0) return 'The expected revision is not a whole number from 0.';
  return null;
};

const unstorable = ({ id, type, data, meta }: EncodedEvent): string | null => {
  if (!uuid.test(id)) return 'An event id is not a lower-case UUID.';
  if (!isStorableText(type) || !isStorableJson(data) || !isStorableJson(meta)) return 'A text holds NUL or a lone surrogate.';
  return null;
};

/** Throws when a call names a stream twice: the outcome of the second would depend on the engine. */
export const checkStreamsDistinct = (appends: readonly StreamAppend[]): void => {
  const streams = new Set(appends.map(({ stream }) => stream));
  if (streams.size < appends.length) throw new Error('An append call names a stream twice.');
};
