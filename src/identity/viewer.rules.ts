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

export type Scope = "candidates:read" | "interviews:read" | "scorecards:read";

/** Those who run the hiring: they see every application of the organisation. */
const HIRING: ReadonlySet<Role> = new Set(["ADMIN", "RECRUITER", "HIRING_MANAGER"]);

export const isMember = (viewer: Viewer): viewer is MemberViewer => viewer.kind === "MEMBER";

export const isWorker = (viewer: Viewer): viewer is WorkerViewer => viewer.kind === "WORKER";

export const runsHiring = (viewer: Viewer): boolean => isMember(viewer) && HIRING.has(viewer.role);

export const isAuditor = (viewer: Viewer): boolean => isMember(viewer) && viewer.role === "AUDITOR";

/** Who reads a scorecard needs the session that it is about. */
const INCLUDED: Readonly<Record<Scope, readonly Scope[]>> = {
  "candidates:read": [],
  "interviews:read": [],
  "scorecards:read": ["interviews:read"],
};

export const hasScope = (viewer: Viewer, scope: Scope): boolean =>
  viewer.kind === "KEY" && viewer.scopes.some((each) => each === scope || INCLUDED[each].includes(scope));
