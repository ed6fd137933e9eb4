import { typeOf, type Schema } from './api-document';

/** `refused`: no operation may take it. */
type HostileValue = { readonly about: string; readonly value: unknown; readonly refused: boolean };

/** More than any list of a request may hold. */
const tooMany = 1_001;
/** Longer than any text of a request may be. */
const tooLong = 100_001;

const refused = (about: string, value: unknown): HostileValue => ({ about, value, refused: true });
const either = (about: string, value: unknown): HostileValue => ({ about, value, refused: false });

const ofTexts = ({ maxLength, format, enum: allowed }: Schema): readonly HostileValue[] => [
  refused('a number for a text', 7),
  refused('an object for a text', { a: 1 }),
  refused('a list for a text', ['a']),
  refused('NUL', 'a\u0000b'),
  refused('a lone surrogate', 'a\ud800b'),
  refused('too long a text', 'x'.repeat(maxLength === undefined ? tooLong : maxLength + 1)),
  either('an empty text', ''),
  either('a blank text', ' \t\n'),
  either('other scripts', '‮😀İı\u0301'),
  ...(format === undefined || format === 'password' ? [] : [refused(`no ${format}`, 'no such thing')]),
  ...(format === 'date-time'
    ? [refused('a day that never was', '2026-02-30T25:61:00Z'), either('a year beyond years', '+275760-09-13T00:00:00.000Z')]
    : []),
  ...(allowed === undefined ? [] : [refused('none of the allowed', 'no such value')]),
];

const ofNumbers = ({ minimum }: Schema): readonly HostileValue[] => [
  refused('a text for a number', '1'),
  refused('a flag for a number', true),
  refused('a list for a number', [1]),
  refused('a huge number', 1e300),
  refused('beyond exact numbers', 9_007_199_254_740_993),
  refused('a fraction', 1.5),
  ...(minimum === undefined ? [either('a negative number', -1)] : [refused('less than the least', minimum - 1)]),
  either('beyond 32 bits', 4_294_967_296),
];

const ofFlags: readonly HostileValue[] = [
  refused('a text for a flag', 'true'),
  refused('a number for a flag', 1),
  refused('an object for a flag', {}),
];

const ofLists = ({ maxItems }: Schema, sample: unknown): readonly HostileValue[] => {
  const [item] = Array.isArray(sample) ? (sample as readonly unknown[]) : [];
  return [
    refused('a text for a list', 'text'),
    refused('an object for a list', { 0: 'a' }),
    refused('a list in a list', [[[]]]),
    refused('null in a list', [null]),
    refused(
      'too long a list',
      Array.from({ length: (maxItems ?? tooMany - 1) + 1 }, () => item ?? 'x'),
    ),
    either('an empty list', []),
  ];
};

const ofObjects = ({ properties }: Schema, sample: unknown): readonly HostileValue[] => [
  refused('a text for an object', 'text'),
  refused('an empty list for an object', []),
  refused('a list of it for an object', [sample]),
  ...(properties === undefined
    ? [either('an empty object', {})]
    : [refused('an unknown property', { surprise: 1 }), either('an empty object', {})]),
];

/** What a property of this kind may be sent that it was never meant for. */
export const hostileValues = (schema: Schema, sample: unknown): readonly HostileValue[] => {
  const none = either('null', null);
  switch (typeOf(schema)) {
    case 'integer':
      return [none, ...ofNumbers(schema)];
    case 'boolean':
      return [none, ...ofFlags];
    case 'array':
      return [none, ...ofLists(schema, sample)];
    case 'object':
      return [none, ...ofObjects(schema, sample)];
    default:
      return [none, ...ofTexts(schema)];
  }
};
