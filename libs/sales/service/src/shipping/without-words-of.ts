import type { HandOver } from '@stockproof/channel-exchange';
import type { Json } from '@stockproof/decider';

/** Shorter ones name a country or a number of a house. */
const shortestWord = 3;

const wordsIn = (value: Json): readonly string[] => {
  if (typeof value === 'string') return value.trim().length < shortestWord ? [] : [value.trim()];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(wordsIn);
};

const escaped = (word: string): string => word.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`);

/** Warehouses quote the address that they refuse; what they say stands in events for ever, so the person's words are left out of it. */
export const withoutWordsOf = <Answer extends HandOver>(answer: Answer, person: Json): Answer => {
  if (answer.outcome !== 'rejected') return answer;
  const longestFirst = [...wordsIn(person)].sort((one, other) => other.length - one.length);
  const told = (text: string): string => longestFirst.reduce((said, word) => said.replaceAll(new RegExp(escaped(word), 'giu'), '…'), text);
  const { code, message } = answer.refusal;
  return { ...answer, refusal: { code: told(code), message: told(message) } };
};
