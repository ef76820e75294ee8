/** What anybody may try in the hiring loop. Most tries are sensible, some are not; what cannot be tried at all is undefined. */
import type { Company, Person } from "../cast/company";
import type { Fate } from "./fate";
import type { World } from "./storm-world";

export interface Try {
  who: Person;
  input: Record<string, unknown>;
}

interface Scene {
  firm: Company;
  world: World;
  fate: Fate;
  /** The hour that had begun when the storm did. */
  now: Date;
}

interface Deed {
  weight: number;
  /** Field of the payload. */
  answer: keyof typeof ANSWERS;
  try(scene: Scene): Try | undefined;
}

export const ANSWERS = {
  interviewSession: "id state panel { id seat member { name } } scheduleHistory { reason } scorecards { id state }",
  scorecard: "id state ratings { outcome value criterion { key } } interviewer { name }",
  decision: "id state application { id status } decidedBy { name }",
  sessionQuestion: "id askedAt",
  questionNote: "id text",
  debriefNote: "id author { name }",
  scorePrior: "id",
  organization: "id version",
} as const;

const HOUR = 3_600_000;
const HIRING: readonly Person[] = ["recruiter", "admin", "hiringManager"];
const DECIDERS: readonly Person[] = ["hiringManager", "admin"];
const PANEL: readonly Person[] = ["ann", "bob", "cyd", "hiringManager", "recruiter"];
const ANYBODY: readonly Person[] = [...HIRING, "auditor", "ann", "bob", "cyd"];
const ENDED: readonly string[] = ["COMPLETE", "CANCELLED", "NO_SHOW"];

/** One time in ten somebody else tries it. */
const by = ({ fate }: Scene, those: readonly Person[]): Person => fate.one(fate.percent(10) ? ANYBODY : those)!;

const self = ({ firm, fate }: Scene, memberId: string): Person =>
  fate.percent(5) ? fate.one(ANYBODY)! : ANYBODY.find((who) => firm.people[who].id === memberId)!;

/** One time in fifteen what was read is out of date. */
const read = ({ fate }: Scene, version: number): number => (fate.below(15) === 0 ? version - 1 : version);

const session = ({ world, fate }: Scene) => {
  const live = world.sessions.filter(({ state }) => !ENDED.includes(state));
  return fate.one(fate.percent(90) && live.length > 0 ? live : world.sessions);
};

/** Mostly one that nobody waits for any more. */
const debriefed = ({ world, fate }: Scene) => {
  const ended = (id: string) => {
    const states = world.sessions.filter((each) => each.application_id === id).map(({ state }) => state);
    return states.includes("COMPLETE") && states.every((state) => ENDED.includes(state));
  };
  const open = world.applications.filter(({ id, status }) => status === "ACTIVE" && ended(id));
  return fate.one(fate.percent(90) && open.length > 0 ? open : world.applications);
};

const seat = (scene: Scene) => {
  const at = session(scene);
  return scene.fate.one(scene.world.seats.filter((each) => each.session_id === at?.id));
};

/** Over, going on, or to come. */
function slot({ fate, now }: Scene) {
  const hours = { past: -30 + fate.below(28), present: 0, future: 24 + fate.below(40) };
  const startsAt = now.getTime() + hours[fate.weighed({ past: 25, present: 10, future: 65 })] * HOUR;
  return {
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + HOUR).toISOString(),
    timeZone: fate.one(["Europe/Zurich", "America/New_York"]),
  };
}

const chair = ({ firm, fate }: Scene, who: Person) => ({
  memberId: firm.people[who].id,
  seat: fate.weighed({ LEAD: 2, INTERVIEWER: 6, SHADOW: 1 }),
  feedbackRequired: fate.percent(85),
});

const outcome = ({ fate }: Scene) => fate.weighed({ RATED: 8, NOT_OBSERVED: 1, NOT_APPLICABLE: 1 });

/** Nine times in ten of every criterion. */
function ratings(scene: Scene) {
  const ids = Object.values(scene.firm.criterionIds);
  const rated = scene.fate.percent(90) ? ids : scene.fate.some(ids, 1);
  return rated.map((criterionId) => {
    const said = outcome(scene);
    return said === "RATED"
      ? { criterionId, outcome: said, value: 1 + scene.fate.below(5), evidence: scene.fate.percent(97) ? "Seen." : "" }
      : { criterionId, outcome: said };
  });
}

const recommendation = ({ fate }: Scene) => fate.one(["STRONG_NO", "NO", "YES", "STRONG_YES", "NO_DECISION"]);

const card = ({ world, fate }: Scene, state: string) => fate.one(world.cards.filter((each) => each.state === state));

function verdict(scene: Scene, those: readonly Person[]): Try | undefined {
  const { world, fate } = scene;
  const application = debriefed(scene);
  if (!application) return undefined;
  const proposal = world.decisions.find((each) => each.application_id === application.id && each.state === "PROPOSED");
  const input = {
    applicationId: application.id,
    outcome: fate.one(["HIRE", "REJECT"]),
    rationale: "By all we saw.",
    ...(proposal ? { version: read(scene, proposal.version) } : {}),
    ...(fate.percent(50) ? { departureReason: "More was seen than the score tells." } : {}),
  };
  return { who: by(scene, those), input };
}

export const DEEDS = {
  planInterviewSession: {
    weight: 40,
    answer: "interviewSession",
    try: (scene) => {
      const { firm, world, fate } = scene;
      const applicationId = fate.one(world.applications.slice(-APPLICATIONS))!.id;
      const panel = fate.some(PANEL, 1 + fate.below(3)).map((who) => chair(scene, who));
      const when = fate.percent(85) ? slot(scene) : {};
      return { who: by(scene, HIRING), input: { applicationId, kitId: firm.kit.id, panel, ...when } };
    },
  },
  scheduleInterviewSession: {
    weight: 60,
    answer: "interviewSession",
    try: (scene) => {
      const at = session(scene);
      const reason = scene.fate.percent(85) ? { reason: "The room is taken." } : {};
      return (
        at && {
          who: by(scene, HIRING),
          input: { id: at.id, version: read(scene, at.version), ...slot(scene), ...reason },
        }
      );
    },
  },
  moveInterviewSession: {
    weight: 110,
    answer: "interviewSession",
    try: (scene) => {
      const at = session(scene);
      if (!at) return undefined;
      const to = scene.fate.weighed({
        IN_PROGRESS: 50,
        AWAITING_FEEDBACK: 25,
        ON_HOLD: 5,
        NEEDS_SCHEDULING: 4,
        CANCELLED: 6,
        NO_SHOW: 6,
        COMPLETE: 2,
        SCHEDULED: 2,
      });
      return { who: by(scene, HIRING), input: { id: at.id, version: read(scene, at.version), to } };
    },
  },
  addPanelist: {
    weight: 40,
    answer: "interviewSession",
    try: (scene) => {
      const at = session(scene);
      return at && { who: by(scene, HIRING), input: { sessionId: at.id, ...chair(scene, scene.fate.one(PANEL)!) } };
    },
  },
  replacePanelist: {
    weight: 40,
    answer: "interviewSession",
    try: (scene) => {
      const own = seat(scene);
      const memberId = scene.firm.people[scene.fate.one(PANEL)!].id;
      return own && { who: by(scene, HIRING), input: { panelistId: own.id, memberId, reason: "Away." } };
    },
  },
  editPanelist: {
    weight: 30,
    answer: "interviewSession",
    try: (scene) => {
      const own = seat(scene);
      const { memberId: _, ...duty } = chair(scene, "ann");
      return own && { who: by(scene, HIRING), input: { panelistId: own.id, ...duty } };
    },
  },
  removePanelist: {
    weight: 40,
    answer: "interviewSession",
    try: (scene) => {
      const own = seat(scene);
      return own && { who: by(scene, HIRING), input: { panelistId: own.id } };
    },
  },
  respondToInvitation: {
    weight: 50,
    answer: "interviewSession",
    try: (scene) => {
      const own = seat(scene);
      const response = scene.fate.one(["ACCEPTED", "TENTATIVE", "DECLINED"]);
      return own && { who: self(scene, own.member_id), input: { panelistId: own.id, response } };
    },
  },
  waiveScorecard: {
    weight: 40,
    answer: "interviewSession",
    try: (scene) => {
      const own = scene.fate.percent(90) ? scene.fate.one(scene.world.seats.filter(({ owes }) => owes)) : seat(scene);
      return own && { who: by(scene, HIRING), input: { panelistId: own.id, reason: "Away." } };
    },
  },
  markQuestionAsked: {
    weight: 40,
    answer: "sessionQuestion",
    try: (scene) => {
      const { world, fate } = scene;
      const at = session(scene);
      const question = fate.one(world.questions.filter((each) => each.session_id === at?.id));
      const asked = fate.percent(80);
      const spent = asked ? { spentSeconds: fate.below(900) } : {};
      return question && { who: by(scene, HIRING), input: { sessionQuestionId: question.id, asked, ...spent } };
    },
  },
  writeQuestionNote: {
    weight: 40,
    answer: "questionNote",
    try: (scene) => {
      const { world } = scene;
      const own = seat(scene);
      const question = world.questions.find((each) => each.session_id === own?.session_id);
      if (!own || !question) return undefined;
      const note = world.notes.find(
        (each) => each.session_question_id === question.id && each.author_id === own.member_id,
      );
      const version = note ? { version: read(scene, note.version) } : {};
      return {
        who: self(scene, own.member_id),
        input: { sessionQuestionId: question.id, text: "Asked back.", ...version },
      };
    },
  },
  saveScorecard: {
    weight: 170,
    answer: "scorecard",
    try: (scene) => {
      const { world, fate } = scene;
      const waiting = world.seats.filter(({ given }) => !given);
      const own = fate.percent(60) ? seat(scene) : fate.one(waiting);
      if (!own) return undefined;
      const draft = world.cards.find(
        (each) => each.session_id === own.session_id && each.interviewer_id === own.member_id && each.state === "DRAFT",
      );
      const version = draft ? { version: read(scene, draft.version) } : {};
      const says = { recommendation: recommendation(scene), ratings: ratings(scene) };
      return { who: self(scene, own.member_id), input: { sessionId: own.session_id, ...version, ...says } };
    },
  },
  submitScorecard: {
    weight: 170,
    answer: "scorecard",
    try: (scene) => {
      const draft = card(scene, "DRAFT");
      return (
        draft && {
          who: self(scene, draft.interviewer_id),
          input: { id: draft.id, version: read(scene, draft.version) },
        }
      );
    },
  },
  amendScorecard: {
    weight: 60,
    answer: "scorecard",
    try: (scene) => {
      const given = card(scene, "SUBMITTED");
      const says = { recommendation: recommendation(scene), ratings: ratings(scene) };
      return (
        given && {
          who: self(scene, given.interviewer_id),
          input: { id: given.id, version: read(scene, given.version), reason: "On second thoughts.", ...says },
        }
      );
    },
  },
  withdrawScorecard: {
    weight: 40,
    answer: "scorecard",
    try: (scene) => {
      const own = card(scene, scene.fate.one(["DRAFT", "SUBMITTED"])!);
      return own && { who: self(scene, own.interviewer_id), input: { id: own.id, version: read(scene, own.version) } };
    },
  },
  updateOrganizationSettings: {
    weight: 20,
    answer: "organization",
    try: (scene) => {
      const { world, fate } = scene;
      const settings = {
        feedbackVisibility: fate.one(["NEVER", "AFTER_OWN_SUBMISSION", "ALWAYS"]),
        requireEveryCriterion: fate.percent(50),
        requireEvidenceForExtremes: fate.percent(50),
      };
      return { who: by(scene, ["admin"]), input: { version: read(scene, world.organization.version), ...settings } };
    },
  },
  proposeDecision: { weight: 40, answer: "decision", try: (scene) => verdict(scene, HIRING) },
  recordDecision: {
    weight: 70,
    answer: "decision",
    try: (scene) => {
      const tried = verdict(scene, DECIDERS);
      if (!tried || scene.fate.percent(60)) return tried;
      const dissents = [{ memberId: scene.firm.people[scene.fate.one(ANYBODY)!].id, reason: "Too little was seen." }];
      return { ...tried, input: { ...tried.input, dissents } };
    },
  },
  reopenDecision: {
    weight: 20,
    answer: "decision",
    try: (scene) => {
      const { world, fate } = scene;
      const held = world.decisions.filter(({ state }) => state === "RECORDED");
      // The oldest stays, so that some decision holds in the end.
      const decision = fate.one(
        fate.percent(95) ? held.slice(1) : world.decisions.filter(({ state }) => state !== "RECORDED"),
      );
      return (
        decision && {
          who: by(scene, DECIDERS),
          input: { id: decision.id, version: read(scene, decision.version), reason: "News came." },
        }
      );
    },
  },
  addDebriefNote: {
    weight: 30,
    answer: "debriefNote",
    try: (scene) => {
      const application = debriefed(scene);
      return application && { who: by(scene, HIRING), input: { applicationId: application.id, text: "Agreed." } };
    },
  },
  renewScorePrior: {
    weight: 15,
    answer: "scorePrior",
    try: (scene) => ({ who: by(scene, HIRING), input: { rubricVersionId: scene.firm.rubricVersionId } }),
  },
} as const satisfies Record<string, Deed>;

export type DeedName = keyof typeof DEEDS;

/** So many of the applications are in the storm; those before them are its history. */
export const APPLICATIONS = 6;

const WEIGHTS = Object.fromEntries(Object.entries(DEEDS).map(([name, { weight }]) => [name, weight])) as Record<
  DeedName,
  number
>;

/** What comes next: fate draws until there is something to try. */
export function nextTry(scene: Scene): Try & { name: DeedName } {
  for (;;) {
    const name = scene.fate.weighed(WEIGHTS);
    const tried = DEEDS[name].try(scene);
    if (tried) return { name, ...tried };
  }
}
