/** SQLSTATEs after which the same work may succeed: lost races, and a server that is going away or not there yet. */
const transientStates = new Set(['40001', '40P01', '55P03', '57P01', '57P02', '57P03', '57P05', '53300', '25P03']);

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/** What `pg` says without a code when a connection breaks or cannot be had. */
const connectionMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed|server closed the connection|Query read timeout)/;

/** Whether the same work may succeed when tried again: connection lost, serialization, deadlock, server shutting down or full. */
export const isTransient = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code.startsWith('08') || transientStates.has(code) || connectionCodes.has(code);
  return typeof message === 'string' && connectionMessages.test(message);
};
