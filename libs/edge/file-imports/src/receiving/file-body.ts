import type { HttpAdapterHost } from '@nestjs/core';
import { knownProblems, problem, ProblemException } from '@stockproof/http-problems';
import { isStorableText } from '@stockproof/vocabulary';
import type { FastifyInstance } from 'fastify';
import type { AnyFileKind } from '../any-file-kind';

/** The largest file. A million short rows fit; more comes in several files. */
export const fileLimitBytes = 64 * 1_048_576;

/** What files are called between our hook and our parser, so that no other route ever reads a body this large. */
const asFile = 'application/x-stockproof-file';

export const fileUnreadable = problem(422, 'file-unreadable', 'The file cannot be read');

export const pathOf = (service: string, kind: AnyFileKind): string => `v1/${service}/accounts/:accountId/imports/${kind.name}`;

/** Lets the routes of files, and no others, take files. */
export const letFilesIn = ({ httpAdapter }: HttpAdapterHost, service: string, kinds: readonly AnyFileKind[]): void => {
  const fastify = httpAdapter.getInstance<FastifyInstance>();
  const mediaTypes = new Map(kinds.map((kind) => [`/${pathOf(service, kind)}`, kind.mediaTypes]));
  fastify.addContentTypeParser(asFile, { parseAs: 'buffer', bodyLimit: fileLimitBytes }, (_, body, done) => done(null, body));
  fastify.addHook('onRequest', async (request) => {
    const [said = ''] = (request.headers['content-type'] ?? '').split(';');
    const taken = mediaTypes.get(request.routeOptions.url ?? '');
    if (taken?.includes(said.trim().toLowerCase()) === true) request.headers['content-type'] = asFile;
    else if (said.trim().toLowerCase() === asFile) request.headers['content-type'] = 'application/octet-stream';
  });
};

/** The text of a file; 415 for what came as something else, 422 for what is no text. */
export const textOf = (body: unknown): { readonly text: string; readonly bytes: Buffer } => {
  if (!Buffer.isBuffer(body)) throw new ProblemException(knownProblems.unsupportedMediaType);
  const text = decoded(body);
  if (text === null || !isStorableText(text))
    throw new ProblemException({ ...fileUnreadable, detail: 'It is not text in UTF-8, or holds NUL.' });
  if (text.trim() === '') throw new ProblemException({ ...fileUnreadable, detail: 'It is empty.' });
  return { text, bytes: body };
};

/** A byte order mark at the beginning is no part of the text. */
const decoded = (body: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null; // no UTF-8: said by the caller
  }
};
