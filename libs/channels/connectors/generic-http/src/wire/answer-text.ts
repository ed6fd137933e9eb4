/** A shorter one would be found in innocent words. */
const leastLength = 8;

/** How a secret stands in the text of a JSON document that was written by us. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * Reads the answers of a peer that was shown these secrets; `undefined` for what is no JSON. Some repeat in an error what they were called
 * with, and what they say is kept and shown to people: it is read without the secrets, however the peer has written them.
 */
export const answerReader = (secrets: readonly string[]): ((body: string) => unknown) => {
  const shown = secrets.filter(({ length }) => length >= leastLength);
  const written = new Set(shown.flatMap((secret) => [inJson(secret), encodeURIComponent(secret)]));
  // The longest first: where one is the beginning of another, the rest of that would stay.
  const hidden = [...written].sort((one, other) => other.length - one.length);
  return (body) => {
    try {
      const answer: unknown = JSON.parse(body);
      const said = JSON.stringify(answer);
      const kept = hidden.reduce((text, secret) => text.replaceAll(secret, '[secret]'), said);
      return kept === said ? answer : JSON.parse(kept);
    } catch {
      return undefined;
    }
  };
};
