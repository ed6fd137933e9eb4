import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Metadata services that answer on an address of the public range. */
const publicMetadata = new Set(['168.63.129.16']);

/** Where a call is about to go: the name that was asked for, the address it led to, the port. */
export type Target = { readonly hostname: string; readonly address: string; readonly port: number };

/** Null: go ahead. Otherwise why this target is refused. */
export type AddressRule = (target: Target) => string | null;

const bare = (host: string) => host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
const parsed = (address: string): Address | null => (ipaddr.isValid(address) ? ipaddr.process(address) : null);

const exceptionFor = (entry: string): ((target: Target) => boolean) => {
  if (ipaddr.isValidCIDR(entry)) {
    const range = ipaddr.parseCIDR(entry);
    return ({ address }) => {
      const at = parsed(address);
      return at !== null && at.kind() === range[0].kind() && at.match(range);
    };
  }
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(entry) ?? [];
  if (host === undefined || port === undefined) throw new Error(`"${entry}" is neither host:port nor a network such as 10.1.0.0/16`);
  const named = parsed(bare(host))?.toNormalizedString() ?? bare(host);
  return (target) =>
    target.port === Number(port) && (bare(target.hostname) === named || parsed(target.address)?.toNormalizedString() === named);
};

/**
 * Refuses everything but public unicast addresses: private, loopback, link-local, metadata, multicast and reserved ranges are
 * inside somebody's network. `allow` names exceptions as `host:port` or as a network; a wrong entry throws at start.
 */
export const addressRule = (allow: readonly string[]): AddressRule => {
  const exceptions = allow.map(exceptionFor);
  return (target) => {
    const address = parsed(target.address);
    if (address === null) return `${target.address} is not an address`;
    if (exceptions.some((covers) => covers(target))) return null;
    if (address.range() === 'unicast' && !publicMetadata.has(address.toString())) return null;
    return `${target.hostname} leads to ${target.address}, which is not a public address and is not allowed by configuration`;
  };
};
