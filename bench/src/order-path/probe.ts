import { Session } from 'node:inspector/promises';
import { sharesOf, type Share } from './shares';

/** What the process used since it started. */
export type Usage = { readonly cpuMs: number; readonly busyMs: number };
export type ProbeQuestion = 'usage' | 'profile' | 'shares';
export type ProbeAnswer = { readonly usage: Usage } | { readonly profiling: true } | { readonly shares: readonly Share[] };

/** Answers a parent that asks for processor time, or profiles. */
export const answerProbes = (): void => {
  const session = new Session();
  const answers: Record<ProbeQuestion, () => Promise<ProbeAnswer>> = {
    usage: async () => ({ usage: usageNow() }),
    profile: async () => {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.start');
      return { profiling: true };
    },
    shares: async () => {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      return { shares: sharesOf(profile.nodes) };
    },
  };
  process.on('message', ({ probe }: { readonly probe: ProbeQuestion }) => void answers[probe]().then((answer) => process.send?.(answer)));
};

const usageNow = (): Usage => {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1_000, busyMs: performance.eventLoopUtilization().active };
};
