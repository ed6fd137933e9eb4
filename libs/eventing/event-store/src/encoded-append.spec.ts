import { checkStreamsDistinct, encodeAppend } from './encoded-append';
import { maxAppendBytes, type StreamAppend } from './event-store';
import { anEvent } from './testing/events';

const one = (data: Record<string, string>, more: Partial<StreamAppend> = {}): StreamAppend => ({
  stream: 'stock.item-a-b',
  expectedRevision: 0,
  events: [anEvent({ data })],
  ...more,
});
const storable = (append: StreamAppend) => encodeAppend(append).storable;

describe('what an engine may keep', () => {
  it.each([
    ['a NUL in a value', { text: 'a\u0000b' }],
    ['a NUL in a key', { 'a\u0000b': 'x' }],
    ['a lone high surrogate', { text: '\ud83d' }],
    ['a lone low surrogate', { text: '\udc00x' }],
    ['a NUL after a backslash', { text: '\\\u0000' }],
  ])('%s is refused', (_, data) => expect(storable(one(data))).toBe(false));

  it.each([
    ['a surrogate pair', { text: '😀' }],
    ['other control characters', { text: '\u0001\n\u001f' }],
    ['text that spells an escape', { text: '\\u0000 \\ud83d' }],
    ['text that spells a quoted escape', { text: '\\\\u0000' }],
  ])('%s is kept', (_, data) => expect(storable(one(data))).toBe(true));

  it('counts bytes, not characters', () => {
    const text = '€'.repeat(maxAppendBytes / 3);
    expect(storable(one({ text }))).toBe(false);
    expect(storable(one({ text: text.slice(1_000) }))).toBe(true);
  });

  it.each([
    ['no name', { stream: '' }],
    ['a NUL in the name', { stream: 'a\u0000' }],
    ['an endless name', { stream: 'x'.repeat(1_001) }],
    ['a negative revision', { expectedRevision: -1 }],
    ['half a revision', { expectedRevision: 0.5 }],
    ['an id that is no UUID', { events: [{ ...anEvent(), id: 'one' }] }],
    ['an upper-case id', { events: [{ ...anEvent(), id: '0193F2A4-0000-7000-8000-000000000001' }] }],
    ['a NUL in the type', { events: [{ ...anEvent(), type: 'Stock\u0000Counted' }] }],
  ])('%s is refused', (_, more) => expect(storable(one({}, more))).toBe(false));

  it('data that cannot be written as JSON are refused', () => {
    const circular: Record<string, never> = {};
    Object.assign(circular, { circular });
    expect(storable(one(circular))).toBe(false);
    expect(storable(one(JSON.parse(`{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)))).toBe(false);
  });

  it('a call names a stream once', () => {
    expect(() => checkStreamsDistinct([one({}), one({})])).toThrow('twice');
    expect(() => checkStreamsDistinct([one({}), one({}, { stream: 'other' })])).not.toThrow();
  });
});
