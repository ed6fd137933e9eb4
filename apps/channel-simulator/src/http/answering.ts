import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { EffectAnswer } from '../warehouse/floor';

/** A refusal that becomes the answer to the request. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Reads a part of a request or refuses it, naming every problem. */
export const read = <Value>(schema: z.ZodType<Value>, given: unknown): Value => {
  const result = schema.safeParse(given ?? {});
  if (result.success) return result.data;
  throw new Refused(400, 'invalid', result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
};

/** The name that the caller gave this effect. */
export const effectIdOf = (request: FastifyRequest): string => {
  const given = request.headers['idempotency-key'];
  if (typeof given === 'string' && given.length > 0 && given.length <= 300) return given;
  throw new Refused(400, 'no-idempotency-key', 'an Idempotency-Key is needed');
};

/** Answers, or drops the connection where the answer is to be lost. */
export const answer = (reply: FastifyReply, { answer: { status, body }, lost }: EffectAnswer): FastifyReply => {
  if (!lost) return reply.code(status).send(body);
  reply.hijack();
  reply.raw.destroy();
  return reply;
};

/** A page of a list that only grows: the cursor is how much of it was read. */
export const page = (items: readonly unknown[], { after, limit }: { readonly after: number; readonly limit: number }) => {
  const end = Math.min(items.length, after + limit);
  return { items: items.slice(after, end), nextCursor: String(Math.max(after, end)), more: end < items.length };
};

export const found = <Thing>(thing: Thing | undefined, what: string): Thing => {
  if (thing !== undefined) return thing;
  throw new Refused(404, 'not-found', `there is no such ${what}`);
};
