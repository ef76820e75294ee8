import { isIP } from "node:net";

/** Of an address, by its family. */
const BITS: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/** Whether Fastify can believe it as a proxy: an address, or a network such as `10.0.0.0/8`. Never everybody, which is `/0`. */
export function isAddressOrNetwork(text: string): boolean {
  const [address = "", prefix, ...more] = text.split("/");
  const bits = BITS[isIP(address)];
  if (!bits || address.includes("%") || more.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits);
}
