import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * A link that stands for a row: whoever has it is let in as far as the row says. It names the organisation and the row
 * and carries 256 random bits, of which only the hash is stored: it cannot be guessed, nor read from the database.
 */
export interface SecretLink {
  organizationId: string;
  /** Of the row. */
  id: string;
  secretHash: string;
}

const SECRET_BYTES = 32;
const UUID_BYTES = 16;
const LINK_BYTES = 2 * UUID_BYTES + SECRET_BYTES;

const hashOf = (secret: Buffer): string => createHash("sha256").update(secret).digest("base64url");

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll("-", ""), "hex");

const uuidOf = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** A new link to a row: the token goes to the caller, once; the hash to the row. */
export function newSecretLink(organizationId: string, id: string): { token: string; secretHash: string } {
  const secret = randomBytes(SECRET_BYTES);
  const token = Buffer.concat([bytesOf(organizationId), bytesOf(id), secret]).toString("base64url");
  return { token, secretHash: hashOf(secret) };
}

/** What a token says; null where it is none. Whether it is right, the row tells: see `opens`. */
export function readSecretLink(token: string): SecretLink | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== LINK_BYTES || bytes.toString("base64url") !== token) return null;
  const [organizationId, id] = [bytes.subarray(0, UUID_BYTES), bytes.subarray(UUID_BYTES, 2 * UUID_BYTES)];
  return {
    organizationId: uuidOf(organizationId),
    id: uuidOf(id),
    secretHash: hashOf(bytes.subarray(2 * UUID_BYTES)),
  };
}

/** Whether the link carries the secret of the row, compared in constant time. */
export function opens({ secretHash: given }: Pick<SecretLink, "secretHash">, row: { secretHash: string }): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(row.secretHash)];
  return one.length === other.length && timingSafeEqual(one, other);
}
