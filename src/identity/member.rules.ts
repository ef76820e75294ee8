import type { Fault } from "../platform/errors";
import { changesOf } from "./change.rules";
import type { Role } from "./viewer.rules";

interface Profile {
  name: string;
  /** In lower case. */
  email: string;
  role: Role;
}

/**
 * As members are known and found: signing in ignores capitals. A to Z alone: of other letters, such as the Kelvin sign,
 * lower case may be another address.
 */
export const knownEmail = (email: string): string => email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Those of the written fields that differ from what holds; what is left out or null stays. */
export function changedProfile(
  current: Profile,
  { email, ...written }: { [K in keyof Profile]?: Profile[K] | null },
): Partial<Profile> {
  return changesOf(current, { ...written, email: email && knownEmail(email) }, ["name", "email", "role"]);
}

/** What keeps an address from becoming somebody's, once it is known whose it is. */
export function takenFaults(holder: { name: string; active: boolean } | undefined): Fault[] {
  if (!holder) return [];
  const mending = holder.active
    ? "edit that member, or take another address"
    : "they are deactivated, so use `reactivateMember` to bring them back";
  return [{ code: "ALREADY_EXISTS", message: `The e-mail address is ${holder.name}'s: ${mending}.`, field: ["email"] }];
}

interface Standing {
  role: Role;
  active: boolean;
}

const isAdmin = ({ role, active }: Standing): boolean => active && role === "ADMIN";

/** What keeps an ADMIN from becoming none: somebody must be left who can let people in. */
export function lastAdminFaults(before: Standing, after: Standing, otherAdmins: number, field: string): Fault[] {
  if (!isAdmin(before) || isAdmin(after) || otherAdmins > 0) return [];
  const message = "This is the last ADMIN who may sign in: make somebody else ADMIN first.";
  return [{ code: "LAST_ADMIN", message, field: [field] }];
}

/** What keeps a member from being deactivated or reactivated. */
export function standingFaults({ active }: { active: boolean }, wanted: boolean): Fault[] {
  if (active !== wanted) return [];
  const message = active
    ? "The member is active: there is nothing to bring back."
    : "The member is deactivated already: `reactivateMember` brings them back.";
  return [{ code: "ILLEGAL_MOVE", message, field: ["id"] }];
}
