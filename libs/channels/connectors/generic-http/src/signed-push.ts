import type { ParsedPush, PushHeaders } from '@stockproof/channel-exchange';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { z } from 'zod';
import { problemsOf, word } from './wire/values';

const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
const envelope = z.object({ type: word, data: z.json() });

const signatureHeaders = (headers: PushHeaders): Record<string, string> => {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    names.map((name) => [name, lower.get(name)]).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
};

const distrust = (secrets: readonly string[], headers: Record<string, string>, rawBody: string): string | null => {
  let reason = 'no secret is set up for pushes';
  for (const secret of secrets) {
    try {
      new Webhook(secret).verify(rawBody, headers, { jsonParse: false });
      return null;
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      reason = error.message;
    }
  }
  return reason;
};

/** What the data of each type of push becomes. */
export type FactReaders<Fact> = Readonly<Record<string, z.ZodType<Fact>>>;

/** Reads a push by Standard Webhooks 1.0: signature over id, time and exact body, five minutes of tolerance, then `{type, data}`. */
export const parseSignedPush =
  <Fact>(secrets: readonly string[], readers: FactReaders<Fact>) =>
  (given: PushHeaders, rawBody: string): ParsedPush<Fact> => {
    const headers = signatureHeaders(given);
    const reason = distrust(secrets, headers, rawBody);
    if (reason !== null) return { outcome: 'untrusted', reason };
    const pushId = headers['webhook-id'] ?? '';
    const unreadable = (why: string) => ({ outcome: 'unreadable', pushId, reason: why }) as const;
    let body: unknown;
    try {
      body = JSON.parse(rawBody);
    } catch {
      return unreadable('the body is not JSON');
    }
    const message = envelope.safeParse(body);
    if (!message.success) return unreadable(problemsOf(message.error));
    const reader = Object.hasOwn(readers, message.data.type) ? readers[message.data.type] : undefined;
    if (reader === undefined) return unreadable(`"${message.data.type}" is not a type of push that this channel has`);
    const fact = reader.safeParse(message.data.data);
    return fact.success ? { outcome: 'verified', pushId, facts: [fact.data] } : unreadable(problemsOf(fact.error));
  };
