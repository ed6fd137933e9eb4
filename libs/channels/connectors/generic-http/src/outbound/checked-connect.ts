import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressRule } from './address-rule';

export type ResolvedAddress = { readonly address: string; readonly family: number };

/** How names become addresses; the system's way unless a test says otherwise. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** Nothing was sent: the target may not be called. */
export class ForbiddenTarget extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ForbiddenTarget';
  }
}

export const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/**
 * Whoever asks for a name while it is being asked for gets the same answer. The system asks for few names at once, in threads that hash
 * passwords and read files as well: calls to one name that nobody answers would hold them all, and the end of the process with them.
 */
export const oncePerName = (resolve: Resolve): Resolve => {
  const asked = new Map<string, Promise<readonly ResolvedAddress[]>>();
  return (hostname) => {
    const answer = asked.get(hostname) ?? resolve(hostname).finally(() => asked.delete(hostname));
    asked.set(hostname, answer);
    return answer;
  };
};

/** The addresses that are checked are the ones connected to, so a name cannot change its mind in between. */
const checkedLookup =
  (rule: AddressRule, resolve: Resolve, port: number): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const refusal = addresses.map(({ address }) => rule({ hostname, address, port })).find((reason) => reason !== null);
        const [first] = addresses;
        if (refusal !== undefined) callback(new ForbiddenTarget(refusal), '');
        else if (first === undefined) callback(new Error(`${hostname} has no address`), '');
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, ''),
    );
  };

/** Connects only where the rule lets it: checks addresses written in the URL, addresses that names lead to, and the open socket. */
export const checkedConnect =
  (rule: AddressRule, resolve: Resolve, timeoutMs: number): buildConnector.connector =>
  (target, callback) => {
    const { hostname } = target;
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    const refusal = isIP(hostname) === 0 ? null : rule({ hostname, address: hostname, port });
    if (refusal !== null) return callback(new ForbiddenTarget(refusal), null);
    const connect = buildConnector({ allowH2: false, timeout: timeoutMs, port, lookup: checkedLookup(rule, resolve, port) });
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      const reached = rule({ hostname, address: socket.remoteAddress ?? '', port });
      if (reached === null) return callback(null, socket);
      socket.destroy();
      callback(new ForbiddenTarget(reached), null);
    });
  };
