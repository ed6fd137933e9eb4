import { setTimeout as delay } from 'node:timers/promises';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { knownProblems, ProblemException } from '@stockproof/http-problems';
import type { Clock } from '@stockproof/vocabulary';
import { catchError, from, lastValueFrom, throwError, type Observable } from 'rxjs';
import type { Heard } from './heard';

const waitMs = 1_000;
const pollMs = 50;
/** Requests that may wait at once; the next are told to come again without a wait, so that guessing costs us nothing. */
const maxWaiting = 200;

/** Takes no refusal that rests on hearsay for final before all has been heard that was said before the request came. */
export class HearsayInterceptor implements NestInterceptor {
  private waiting = 0;

  constructor(
    private readonly heard: Heard,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const [arrivedAt, accountId] = [this.clock.now(), accountOf(context)];
    const isHeard = () => this.heard(arrivedAt, accountId);
    return next
      .handle()
      .pipe(catchError((error: unknown) => (isHearsay(error) ? from(this.onceHeard(next, isHeard)) : throwError(() => error))));
  }

  /** Nothing was done by what was refused: it is done again, knowing more. */
  private async onceHeard(next: CallHandler, isHeard: Question): Promise<unknown> {
    // Each question is one of the wait: it may stand behind another that nobody answers.
    const tooLate = delay(waitMs, false, { ref: false });
    if (!(await Promise.race([this.wait(isHeard), tooLate]))) throw new ProblemException(knownProblems.notHeardYet);
    return lastValueFrom(next.handle(), { defaultValue: undefined });
  }

  private async wait(isHeard: Question): Promise<boolean> {
    const began = performance.now();
    if (await isHeard()) return true;
    if (this.waiting >= maxWaiting) return false;
    this.waiting += 1;
    try {
      while (performance.now() - began < waitMs) {
        await delay(pollMs);
        if (await isHeard()) return true;
      }
      return false;
    } finally {
      this.waiting -= 1;
    }
  }
}

type Question = () => Promise<boolean>;

/** Whose request it is: of one account where the path says so. */
const accountOf = (context: ExecutionContext): string | null => {
  const { params } = context.switchToHttp().getRequest<{ readonly params: { readonly accountId?: string } }>();
  return params.accountId?.toLowerCase() ?? null;
};

const isHearsay = (error: unknown): boolean => error instanceof ProblemException && error.problem.hearsay === true;
