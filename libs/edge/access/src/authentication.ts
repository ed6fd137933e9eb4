import { createHash } from 'node:crypto';
import type { Clock } from '@stockproof/vocabulary';
import type { AccessDirectory, KnownKey } from './access-directory';
import { accessProblems } from './access-problems';
import { verifyAccessToken } from './access-token';
import { hashApiKey, isApiKey } from './api-key';
import { allPermissions, type Permission } from './permissions';
import type { KeyPrincipal, Principal } from './principal';
import { never, notYet, yes, type Verdict } from './verdict';

const { unauthenticated } = accessProblems;

/** Tokens whose signature was checked; whether their user may still do anything is asked each time. */
const maxTokens = 5_000;

const isPermission = (scope: string): scope is Permission => allPermissions.some((permission) => permission === scope);

/** Finds out who a credential belongs to. */
export class Authentication {
  private readonly genuine = new Map<string, { readonly userId: string; readonly expiresAt: number }>();

  constructor(private readonly clock: Clock) {}

  /** The principal behind an `Authorization` header. */
  async principal(authorization: string | undefined, directory: AccessDirectory): Promise<Verdict<Principal>> {
    const [, credential] = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(authorization ?? '') ?? [];
    if (credential === undefined) return never(unauthenticated);
    return credential.startsWith('spf_') ? this.machine(credential, directory) : this.person(credential, directory);
  }

  private async machine(key: string, directory: AccessDirectory): Promise<Verdict<Principal>> {
    if (!isApiKey(key)) return never(unauthenticated);
    const known = await directory.key(hashApiKey(key));
    if (known === null) return notYet(unauthenticated);
    return this.isGood(known) ? yes(keyPrincipal(known)) : never(unauthenticated);
  }

  private isGood({ revoked, expiresAt }: KnownKey): boolean {
    return !revoked && (expiresAt === null || Date.parse(expiresAt) > Date.parse(this.clock.now()));
  }

  private async person(token: string, directory: AccessDirectory): Promise<Verdict<Principal>> {
    const verified = await this.userOf(token, directory);
    if (verified.is === 'no') return verified;
    const access = await directory.user(verified.value);
    if (access === null) return notYet(unauthenticated);
    return access.active ? yes({ kind: 'user', id: access.userId, access }) : never(unauthenticated);
  }

  private async userOf(token: string, directory: AccessDirectory): Promise<Verdict<string>> {
    const digest = createHash('sha256').update(token).digest('base64url');
    const checked = this.genuine.get(digest);
    if (checked !== undefined && checked.expiresAt > Date.parse(this.clock.now())) return yes(checked.userId);
    const verified = await verifyAccessToken(token, directory.signingKey, this.clock);
    if (verified.is === 'signed by an unknown key') return notYet(unauthenticated);
    if (verified.is === 'not genuine') return never(unauthenticated);
    this.keep(digest, verified);
    return yes(verified.userId);
  }

  private keep(digest: string, token: { readonly userId: string; readonly expiresAt: number }): void {
    this.genuine.set(digest, token);
    const [oldest] = this.genuine.keys();
    if (this.genuine.size > maxTokens && oldest !== undefined) this.genuine.delete(oldest);
  }
}

const keyPrincipal = ({ keyId, organizationId, accountId, mode, scopes }: KnownKey): KeyPrincipal => ({
  kind: 'key',
  id: keyId,
  organizationId,
  accountId,
  mode,
  scopes: scopes.filter(isPermission),
});
