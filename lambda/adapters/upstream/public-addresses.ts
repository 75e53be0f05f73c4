import { lookup as lookUp } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Addresses that lead into a network of ours, to this machine, or nowhere (IANA's special-purpose registries). The IPv6
 * blocks that carry an IPv4 address are whole in the list: a provider has no use for them.
 */
const notPublic: readonly [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** All public IPv6 addresses are in this network, and these parts of it are special. */
const globalUnicast = ['2000::', 3] as const;
const specialUnicast: readonly [network: string, prefix: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

/** Made when it is first asked, since few calls of a fresh environment ask it. */
let lists: { blocked: BlockList; unicast: BlockList } | undefined;

function makeLists() {
  const [blocked, unicast] = [new BlockList(), new BlockList()];
  for (const [network, prefix] of notPublic) blocked.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of specialUnicast) blocked.addSubnet(network, prefix, 'ipv6');
  unicast.addSubnet(...globalUnicast, 'ipv6');
  return { blocked, unicast };
}

/** @param address an IP address in any form that Node prints */
export function isPublic(address: string): boolean {
  lists ??= makeLists();
  const { blocked, unicast } = lists;
  if (isIP(address) === 4) return !blocked.check(address, 'ipv4');
  // Node's list takes IPv4 addresses within IPv6 for IPv4, so the network is asked first.
  return isIP(address) === 6 && unicast.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}

/** The address that was connected to would not have been allowed. */
export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError';
  readonly code = 'EPRIVATE';
}

/**
 * Looks a host up for a connection, and fails if any of its addresses is not public. The connection is made to the
 * addresses that were checked, so there is no second look-up that could answer otherwise.
 * @param resolve replaced in tests
 */
export function publicLookup(resolve: typeof lookUp = lookUp): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      if (addresses.length === 0 || !addresses.every(({ address }) => isPublic(address))) {
        return done(new PrivateAddressError('The host has an address that is not public'), []);
      }
      const [first] = addresses;
      if (options.all === true) done(null, addresses);
      else done(null, first?.address ?? '', first?.family);
    });
  };
}

/** For hosts that are addresses, which are connected to without a look-up. @param host as in a parsed URL */
export function isPublicLiteral(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  return isIP(address) === 0 || isPublic(address);
}
