import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { knownProblems, problem, ProblemException } from '@stockproof/http-problems';
import { isStorableText } from '@stockproof/vocabulary';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AnyFileKind } from '../any-file-kind';

/** The largest file of a kind that does not say otherwise; more comes in several files. */
export const fileLimitBytes = 64 * 1_048_576;

/** What files are called between our hook and our parser, so that no other route ever takes a body as large. */
const asFile = 'application/x-stockproof-file';

export const fileUnreadable = problem(422, 'file-unreadable', 'The file cannot be read');

export const pathOf = (service: string, kind: AnyFileKind): string => `v1/${service}/accounts/:accountId/imports/${kind.name}`;

/** A file as it came in: packed on the way, so that a large one never lies in memory whole. */
export type ReceivedBody = { readonly packed: Buffer; readonly bytes: number; readonly sha256: string };

/** Files whose bytes still lie in their connection. */
const unread = new WeakSet<FastifyRequest>();
const received = new WeakMap<FastifyRequest, ReceivedBody>();

/** Lets the routes of files, and no others, take files. The bytes stay in the connection until somebody was let in. */
export const letFilesIn = ({ httpAdapter }: HttpAdapterHost, service: string, kinds: readonly AnyFileKind[]): void => {
  const fastify = httpAdapter.getInstance<FastifyInstance>();
  const mediaTypes = new Map(kinds.map((kind) => [`/${pathOf(service, kind)}`, kind.mediaTypes]));
  fastify.addContentTypeParser(asFile, (request, _, done) => {
    unread.add(request);
    done(null, null);
  });
  fastify.addHook('onRequest', async (request) => {
    const [said = ''] = (request.headers['content-type'] ?? '').split(';');
    const taken = mediaTypes.get(request.routeOptions.url ?? '');
    if (taken?.includes(said.trim().toLowerCase()) === true) request.headers['content-type'] = asFile;
    else if (said.trim().toLowerCase() === asFile) request.headers['content-type'] = 'application/octet-stream';
  });
  // What nobody reads is not waited for: the connection ends with the answer.
  fastify.addHook('onSend', async (request, reply) => {
    if (unread.has(request)) reply.header('connection', 'close');
  });
};

/** Reads the file of a request that the guards before it have let in: 415 for what came as something else, 413, or 422 for what is no text. */
export class ReadsFile implements CanActivate {
  constructor(private readonly limitBytes: number) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!unread.has(request)) throw new ProblemException(knownProblems.unsupportedMediaType);
    if (Number(request.headers['content-length'] ?? 0) > this.limitBytes) throw new ProblemException(knownProblems.bodyTooLarge);
    const body = await packedText(request.raw, this.limitBytes);
    unread.delete(request);
    received.set(request, body);
    // What a repeat under the same key is compared by.
    request.body = { sha256: body.sha256 };
    return true;
  }
}

/** The file that came with the request; there is one wherever `ReadsFile` let the request through. */
export const fileOf = (request: FastifyRequest): ReceivedBody => {
  const body = received.get(request);
  if (body === undefined) throw new Error('No file was read with this request.');
  return body;
};

const packedText = async (raw: Readable, limitBytes: number): Promise<ReceivedBody> => {
  const [hash, decoder, gzip] = [createHash('sha256'), new TextDecoder('utf-8', { fatal: true }), createGzip({ level: 3 })];
  const packed: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => packed.push(chunk));
  const [seen, ended] = [{ bytes: 0, isBlank: true }, once(gzip, 'end')];
  // A refusal must still reach whoever is sending: the connection is not cut here.
  for await (const chunk of raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    seen.bytes += chunk.length;
    if (seen.bytes > limitBytes) throw new ProblemException(knownProblems.bodyTooLarge);
    const text = decoded(decoder, chunk);
    seen.isBlank &&= text.trim() === '';
    hash.update(chunk);
    if (text !== '' && !gzip.write(text)) await once(gzip, 'drain');
  }
  decoded(decoder, null);
  if (seen.isBlank) throw new ProblemException({ ...fileUnreadable, detail: 'It is empty.' });
  gzip.end();
  await ended;
  return { packed: Buffer.concat(packed), bytes: seen.bytes, sha256: hash.digest('hex') };
};

type Decoder = InstanceType<typeof TextDecoder>;

/** A byte order mark at the beginning is no part of the text. */
const decoded = (decoder: Decoder, chunk: Buffer | null): string => {
  const text = decodedOrNull(decoder, chunk);
  if (text === null || !isStorableText(text))
    throw new ProblemException({ ...fileUnreadable, detail: 'It is not text in UTF-8, or holds NUL.' });
  return text;
};

const decodedOrNull = (decoder: Decoder, chunk: Buffer | null): string | null => {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    return null; // no UTF-8: said by the caller
  }
};
