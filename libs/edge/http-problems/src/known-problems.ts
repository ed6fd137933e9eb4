import { problem } from './problem';

/** What every operation may answer, whatever it does. */
export const knownProblems = {
  validationFailed: problem(400, 'validation-failed', 'The request is not valid'),
  malformedRequest: problem(400, 'malformed-request', 'The request cannot be read'),
  invalidCursor: problem(400, 'invalid-cursor', 'The cursor does not belong to this list'),
  foreignPosition: problem(400, 'foreign-position', 'The position is not one of this service'),
  notFound: problem(404, 'not-found', 'There is nothing here'),
  bodyTooLarge: problem(413, 'body-too-large', 'The body is too large'),
  uriTooLong: problem(414, 'uri-too-long', 'A part of the path is too long'),
  unsupportedMediaType: problem(415, 'unsupported-media-type', 'The media type of the body is not taken here'),
  preconditionRequired: problem(428, 'precondition-required', 'If-Match is required here'),
  preconditionFailed: problem(412, 'precondition-failed', 'It has changed since it was read'),
  concurrentModification: problem(409, 'concurrent-modification', 'It was changed by others at the same time', { retryable: true }),
  commandTooOld: problem(422, 'command-too-old', 'The request was first made too long ago to be repeated safely'),
  notStorable: problem(422, 'not-storable', 'The request holds something that cannot be kept'),
  internalError: problem(500, 'internal-error', 'Something went wrong on our side', { retryable: true }),
  /** Whether a change that was asked for was made, the caller learns by asking again with the same `Idempotency-Key`. */
  storeUnavailable: problem(503, 'store-unavailable', 'Where this service keeps its data does not answer at the moment', {
    headers: { 'retry-after': '1' },
  }),
  projectionBehind: problem(503, 'projection-behind', 'The view has not caught up yet', { headers: { 'retry-after': '1' } }),
  notHeardYet: problem(503, 'not-heard-yet', 'This service has not heard all yet that the answer rests on', {
    headers: { 'retry-after': '1' },
  }),
  viewBeingBuilt: problem(503, 'view-being-built', 'The view is being built from the log', { headers: { 'retry-after': '1' } }),
} as const;
