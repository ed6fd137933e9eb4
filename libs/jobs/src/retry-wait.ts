const firstWaitMs = 2_000;
const longestWaitMs = 15 * 60_000;

/** How long to wait after so many failures in a row: doubling up to 15 minutes, half to one and a half times that by chance. */
export const retryWaitMs = (failures: number, random: number): number => {
  const doubled = firstWaitMs * 2 ** Math.min(failures - 1, 20);
  return Math.round(Math.min(doubled, longestWaitMs) * (0.5 + random));
};
