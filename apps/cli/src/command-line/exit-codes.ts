/** What the command line ends with: scripts and monitors go by it. 64 and 69 are those of sysexits(3). */
export const exitCodes = {
  ok: 0,
  /** What was asked for could be done or seen, and something is wrong; or it was given up. */
  wrong: 1,
  /** The words or options were wrong: nothing was done. */
  usage: 64,
  /** What it needs does not answer. */
  unavailable: 69,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
