import { setTimeout as delay } from 'node:timers/promises';
import type { Verdict } from './verdict';

/** Requests that may wait at once; the next are refused without a wait, so that guessing costs us nothing. */
const maxWaiting = 200;
const pollMs = 50;
/** A refusal that was waited for stands this long without another wait. */
const maxRefusals = 10_000;

/** Waits for news where news may change a refusal: who has just created an account must not be told that there is none. */
export class Patience {
  private waiting = 0;
  private readonly refused = new Map<string, number>();

  constructor(private readonly waitMs: number) {}

  /** The verdict, waited for if need be. `about` names what is asked: one that was waited for in vain is not waited for again at once. */
  async await<T>(about: string, look: (fresh: boolean) => Promise<Verdict<T>>): Promise<Verdict<T>> {
    const first = await look(false);
    if (first.is === 'yes' || first.final || this.waiting >= maxWaiting || this.wasRefused(about)) return first;
    this.waiting += 1;
    try {
      return await this.poll(about, look);
    } finally {
      this.waiting -= 1;
    }
  }

  private async poll<T>(about: string, look: (fresh: boolean) => Promise<Verdict<T>>): Promise<Verdict<T>> {
    const deadline = performance.now() + this.waitMs;
    for (;;) {
      const verdict = await look(true);
      if (verdict.is === 'yes' || verdict.final) return verdict;
      if (performance.now() >= deadline) {
        this.refuse(about);
        return verdict;
      }
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
