import type { InvitationResponse, Seat } from "./panelist.rules";

export interface Person {
  name: string;
  email: string;
}

export interface Guest extends Person {
  seat: Seat;
  response: InvitationResponse;
}

/** Chairs, has to come, or may come. @see RFC 5545, section 3.2.16 */
export const ROLES: Readonly<Record<Seat, "CHAIR" | "REQ" | "OPT">> = {
  LEAD: "CHAIR",
  INTERVIEWER: "REQ",
  SHADOW: "OPT",
};

/** @see RFC 5545, section 3.2.12 */
export const STATUSES: Readonly<Record<InvitationResponse, "NEEDSACTION" | "ACCEPTED" | "TENTATIVE" | "DECLINED">> = {
  PENDING: "NEEDSACTION",
  ACCEPTED: "ACCEPTED",
  TENTATIVE: "TENTATIVE",
  DECLINED: "DECLINED",
};

/** What cannot stand between quotation marks, and what stands for it. @see RFC 6868 */
const QUOTABLE: Readonly<Record<string, string>> = { "^": "^^", '"': "^'", "\n": "^n" };

/** The person in characters that a quoted name and a mailto address can hold. @see RFC 6868, RFC 6068 */
export const quotable = ({ name, email }: Person): Person => ({
  name: name.replace(/\r\n?/g, "\n").replace(/[\^"\n]/g, (character) => QUOTABLE[character]!),
  email: encodeURIComponent(email).replaceAll("%40", "@").replaceAll("%2B", "+"),
});
