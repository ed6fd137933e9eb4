import { msBetween, type Clock, type Instant } from '@stockproof/vocabulary';
import type { AccessDirectory } from './access-directory';

/** Coarse on purpose: a busy key must not cost a write per request. */
const everyMs = 300_000;

/** Writes down when a key was last used, to within five minutes. */
export class KeyUses {
  private readonly noted = new Map<string, Instant>();

  constructor(
    private readonly directory: Pick<AccessDirectory, 'noteKeyUse'>,
    private readonly clock: Clock,
    private readonly log: { readonly warn: (details: object, message: string) => void },
  ) {}

  /** Returns at once; the request does not wait for it. */
  note(keyId: string): void {
    const now = this.clock.now();
    const before = this.noted.get(keyId);
    if (before !== undefined && msBetween(before, now) < everyMs) return;
    this.noted.set(keyId, now);
    this.directory.noteKeyUse(keyId, now).catch((error: unknown) => {
      this.noted.delete(keyId);
      this.log.warn({ keyId, error: error instanceof Error ? error.message : String(error) }, 'the use of a key was not noted');
    });
  }
}
