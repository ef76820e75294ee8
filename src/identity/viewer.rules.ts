export const ROLES = ["ADMIN", "RECRUITER", "HIRING_MANAGER", "INTERVIEWER", "AUDITOR"] as const;
export type Role = (typeof ROLES)[number];

/** Somebody of the organisation, signed in. */
export interface MemberViewer {
  readonly kind: "MEMBER";
  readonly organizationId: string;
  readonly id: string;
  readonly role: Role;
}

interface SignedIn {
  organizationId: string;
  id: string;
  role: Role;
}

export const memberViewer = ({ organizationId, id, role }: SignedIn): MemberViewer => ({
  kind: "MEMBER",
  organizationId,
  id,
  role,
});

/** A program of the organisation, within its scopes. */
export interface KeyViewer {
  readonly kind: "KEY";
  readonly organizationId: string;
  readonly id: string;
  readonly scopes: readonly Scope[];
}

/** The server's own work. */
export interface WorkerViewer {
  readonly kind: "WORKER";
  readonly organizationId: string;
  readonly id: null;
}

export type Viewer = MemberViewer | KeyViewer | WorkerViewer;

export const SCOPES = [
  "candidates:read",
  "candidates:write",
  "candidates:privacy",
  "interviews:read",
  "interviews:write",
  "scorecards:read",
  "scorecards:write",
  "questions:read",
  "audit:read",
] as const;
export type Scope = (typeof SCOPES)[number];

/** Those who run the hiring: they see every application of the organisation. */
export const HIRING: readonly Role[] = ["ADMIN", "RECRUITER", "HIRING_MANAGER"];

export const isMember = (viewer: Viewer): viewer is MemberViewer => viewer.kind === "MEMBER";

export const isKey = (viewer: Viewer): viewer is KeyViewer => viewer.kind === "KEY";

export const isWorker = (viewer: Viewer): viewer is WorkerViewer => viewer.kind === "WORKER";

export const runsHiring = (viewer: Viewer): boolean => isMember(viewer) && HIRING.includes(viewer.role);

export const isAuditor = (viewer: Viewer): boolean => isMember(viewer) && viewer.role === "AUDITOR";

/** What a scope brings along: who writes reads what comes of it, and what is read refers to the rest. */
const INCLUDED: Readonly<Record<Scope, readonly Scope[]>> = {
  "candidates:read": [],
  "candidates:write": ["candidates:read"],
  "candidates:privacy": ["candidates:read"],
  "interviews:read": ["questions:read"],
  "interviews:write": ["interviews:read", "questions:read"],
  "scorecards:read": ["interviews:read", "questions:read"],
  "scorecards:write": ["interviews:read", "questions:read"],
  "questions:read": [],
  "audit:read": [],
};

export const hasScope = (viewer: Viewer, scope: Scope): boolean =>
  isKey(viewer) && viewer.scopes.some((each) => each === scope || INCLUDED[each].includes(scope));
