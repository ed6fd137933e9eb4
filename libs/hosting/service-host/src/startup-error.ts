/** Why this process cannot start. The message is a clear sentence with the way out; it is printed as it is, and the exit code is 1. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
