import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '@stockproof/http-problems';
import { notYet, type Verdict } from './verdict';

/** Requests that may wait at once; the next are refused without a wait, so that guessing costs us nothing. */
const maxWaiting = 200;
const pollMs = 50;
/** A refusal that was waited for stands this long without another wait. */
const maxRefusals = 10_000;

/** How much longer than for news it is waited until all that was said before the question is known. */
const hearingFactor = 3;

/** What a refusal rests on: nothing is refused for being unknown before everything that was said until then has been heard. */
export type Hearing = { readonly heard: () => Promise<boolean>; readonly unheard: Problem };

/** Waits for news where news may change a refusal: who has just created an account must not be told that there is none. */
export class Patience {
  private waiting = 0;
  private readonly refused = new Map<string, number>();

  constructor(private readonly waitMs: number) {}

  /** The verdict, waited for if need be. `about` names what is asked: one that was waited for in vain is not waited for again at once. */
  async await<T>(about: string, look: (fresh: boolean) => Promise<Verdict<T>>, hearing: Hearing): Promise<Verdict<T>> {
    const first = await look(false);
    if (first.is === 'yes' || first.final || this.waiting >= maxWaiting || this.wasRefused(about)) return first;
    this.waiting += 1;
    try {
      return await this.poll(about, look, hearing);
    } finally {
      this.waiting -= 1;
    }
  }

  private async poll<T>(about: string, look: (fresh: boolean) => Promise<Verdict<T>>, hearing: Hearing): Promise<Verdict<T>> {
    const began = performance.now();
    for (;;) {
      // Asked first: what is heard in between is seen by the look.
      const heard = await hearing.heard();
      const verdict = await look(true);
      if (verdict.is === 'yes' || verdict.final) return verdict;
      const waited = performance.now() - began;
      if (waited >= this.waitMs && heard) {
        this.refuse(about);
        return verdict;
      }
      if (waited >= this.waitMs * hearingFactor) return notYet(hearing.unheard);
      await delay(pollMs);
    }
  }

  private wasRefused(about: string): boolean {
    return (this.refused.get(about) ?? 0) > performance.now();
  }

  private refuse(about: string): void {
    this.refused.delete(about);
    this.refused.set(about, performance.now() + this.waitMs);
    const [oldest] = this.refused.keys();
    if (this.refused.size > maxRefusals && oldest !== undefined) this.refused.delete(oldest);
  }
}
