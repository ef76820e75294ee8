import { BlockList, isIP } from "node:net";

/*
 * Which addresses are on the public internet, so that nobody has the server call what only the server can reach.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
 */

const CLOSED_IPV4 = [
  "0.0.0.0/8", // this host
  "10.0.0.0/8",
  "100.64.0.0/10", // behind a provider's NAT
  "127.0.0.0/8",
  "168.63.129.16/32", // Azure's own services, on an address that looks public
  "169.254.0.0/16", // link-local, and the clouds' metadata
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24", // documentation
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16",
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, and broadcast
];
/** Of IPv6 only global unicast is public: not loopback, link-local fe80::/10, unique local fc00::/7, multicast ff00::/8. */
const OPEN_IPV6 = ["2000::/3"];
/** Teredo, ORCHID and their like; documentation, old and new. */
const CLOSED_IPV6 = ["2001::/23", "2001:db8::/32", "3fff::/20"];

function listOf(networks: readonly string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

const closedIpv4 = listOf(CLOSED_IPV4, "ipv4");
const openIpv6 = listOf(OPEN_IPV6, "ipv6");
const closedIpv6 = listOf(CLOSED_IPV6, "ipv6");

/** An address without its zone, IPv4 in IPv6 as IPv4: the same one always in the same letters. */
export function plainAddress(address: string): string {
  const [bare = ""] = address.split("%");
  if (isIP(bare) !== 6) return bare;
  return mappedIpv4(groupsOf(bare)) ?? new URL(`http://[${bare}]`).hostname.slice(1, -1);
}

/** Whether an address can be reached by everybody. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  const plain = plainAddress(address);
  const family = isIP(plain);
  if (family === 4) return !closedIpv4.check(plain, "ipv4");
  if (family !== 6) return false;
  const carried = carriedIpv4(groupsOf(plain));
  if (carried) return isPublicAddress(carried);
  return openIpv6.check(plain, "ipv6") && !closedIpv6.check(plain, "ipv6");
}

/** The eight groups of 16 bits of an IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const [before, after] = [head, tail ?? ""].map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - before!.length - after!.length }, () => "0");
  return [...before!, ...zeros, ...after!].map((group) => Number.parseInt(group, 16));
}

const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join(".");

const begins = (groups: readonly number[], ...prefix: number[]): boolean =>
  prefix.every((each, index) => groups[index] === each);

const mappedIpv4 = (groups: readonly number[]): string | null =>
  begins(groups, 0, 0, 0, 0, 0, 0xffff) ? dotted(groups[6]!, groups[7]!) : null;

/** The IPv4 address that a packet to NAT64 (RFC 6052) or 6to4 (RFC 3056) ends up at. */
function carriedIpv4(groups: readonly number[]): string | null {
  if (begins(groups, 0x64, 0xff9b, 0, 0, 0, 0)) return dotted(groups[6]!, groups[7]!);
  return begins(groups, 0x2002) ? dotted(groups[1]!, groups[2]!) : null;
}
