import { createHash } from 'node:crypto';
import { services } from './effects';
import type { Told } from './judging';
import { allInTheMidst, answersFurther, inTheMidst, underLoad, type Phase, type Shop } from './load';
import type { Member, TenProcesses } from './ten-processes';

export type Run = Shop & { readonly ten: TenProcesses; readonly seed: string; readonly say: (line: string) => void };

/** Each process is told to stop and started anew while the other one of its service is there; services roll beside each other. */
export const oneByOne = (run: Run): Promise<Phase> =>
  underLoad(run, { name: 'ROLLED', served: true }, async (clients) => {
    const told = await Promise.all(
      services.map(async (service) => {
        const ends: Told[] = [];
        for (const member of bySeed(run.ten.of[service], run)) {
          await answersFurther(clients[service], requestsBefore(member, run));
          const end = await member.instance.tellToStop(member.who);
          const since = performance.now();
          await member.instance.start();
          run.say(`${toldLine(end)}, was ready again after ${((performance.now() - since) / 1_000).toFixed(1)} s`);
          ends.push(end);
        }
        await answersFurther(clients[service], inTheMidst);
        return ends;
      }),
    );
    return told.flat();
  });

/** All of them at the same moment: nobody is left whom a client could try next. */
export const allAtOnce = (run: Run): Promise<Phase> =>
  underLoad(run, { name: 'LAST', served: false }, async (clients) => {
    await allInTheMidst(clients);
    return Promise.all(
      run.ten.all.map(async ({ who, instance }) => {
        const end = await instance.tellToStop(who);
        run.say(toldLine(end));
        return end;
      }),
    );
  });

const toldLine = ({ who, code, ms }: Told): string => `${who} ended with ${code ?? 'a signal'} after ${ms.toFixed(0)} ms`;

/** A number below 2^32 that the seed gives to a process. */
const drawn = ({ who }: Member, { seed }: Run): number => createHash('sha256').update(`${seed} ${who}`).digest().readUInt32BE();

const bySeed = (members: readonly Member[], run: Run): readonly Member[] => [...members].sort((a, b) => drawn(a, run) - drawn(b, run));

/** How many requests its service answers before a process is told to stop: it is in the midst of work. */
const requestsBefore = (member: Member, run: Run): number => inTheMidst + (drawn(member, run) % inTheMidst);
