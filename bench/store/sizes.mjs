/** Grows with every change of what the store holds: a store of another version is made anew. */
export const VERSION = 4;

/** What one organisation holds. Every application has a session or more; each panel has three seats, each rubric six criteria. */
export const LARGE = {
  number: 1,
  name: "Large",
  candidates: 20_000,
  jobs: 200,
  members: 500,
  skills: 60,
  profiles: 25,
  kits: 50,
  sessions: 50_000,
  questions: 5_000,
  /** Members from this one on interview; those before run the hiring and see everything. */
  firstInterviewer: 28,
};

/** A fiftieth of it, or as much as makes sense. */
export const SMALL = {
  number: 2,
  name: "Small",
  candidates: 400,
  jobs: 4,
  members: 10,
  skills: 12,
  profiles: 2,
  kits: 4,
  sessions: 1_000,
  questions: 100,
  firstInterviewer: 5,
};

export const CRITERIA_PER_RUBRIC = 6;
export const SKILLS_PER_PROFILE = 8;
export const SEATS = 3;

/** Jobs whose standings are kept, and whose applications the explained score is asked of. */
export const RANKED_JOBS = 20;

/** Sessions in which somebody of `authors` has a draft to hand in; of applications that no other query asks about. */
export const OWING = { sessions: 8_000, authors: 200, firstAuthor: 100, firstJob: 100 };
