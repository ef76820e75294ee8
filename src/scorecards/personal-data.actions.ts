import { authorsFor } from "../interviews/candidate-export.actions";
import { claimSessionsOver } from "../interviews/personal-data.actions";
import { isOverSql, sessionsOfCandidateSql } from "../interviews/personal-data.rules";
import { allRows, type Reader } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import type { PersonalData } from "../platform/personal-data";
import { texts } from "./personal-data.rules";
import { Scorecard } from "./scorecard.entity";

const ROWS = `
  select a.candidate_id, c.id, c.updated_at as at from scorecards c
  join interview_sessions s on s.organization_id = c.organization_id and s.id = c.session_id
  join applications a on a.organization_id = s.organization_id and a.id = s.application_id`;

interface ToldRating {
  scorecardId: string;
  criterion: string;
  outcome: string;
  value: number | null;
  evidence: string;
}

/** Drafts once their session is over: until then they are their author's alone. */
const scorecardsTold = (reader: Reader, candidateId: string): Promise<Scorecard[]> =>
  allRows(
    reader,
    Scorecard,
    (bind) => `t.session_id = any(${sessionsOfCandidateSql(bind(candidateId))}) and (t.submitted_at is not null
      or t.session_id = any(array(select s.id from interview_sessions s where ${isOverSql("s")})))`,
    "order by t.id",
  );

const ratingsTold = (reader: Reader, scorecardIds: readonly string[]): Promise<ToldRating[]> =>
  reader.all(
    `select r.scorecard_id as "scorecardId", c.name as criterion, r.outcome, r.value, r.evidence
     from ratings r join criteria c on c.organization_id = r.organization_id and c.id = r.criterion_id
     where r.scorecard_id = any($1) order by r.id`,
    [scorecardIds],
  );

async function exported(reader: Reader, candidateId: string): Promise<Readonly<Record<string, unknown>>> {
  const by = await authorsFor(reader, candidateId);
  const cards = await scorecardsTold(reader, candidateId);
  const ratings = await ratingsTold(
    reader,
    cards.map(({ id }) => id),
  );
  return {
    scorecards: cards.map(({ id, sessionId, interviewerId, revision, state, recommendation, ...card }) => ({
      id,
      sessionId,
      by: by(interviewerId),
      revision,
      state,
      recommendation,
      summary: card.summary,
      amendmentReason: card.amendmentReason,
      submittedAt: card.submittedAt,
      ratings: ratings.filter(({ scorecardId }) => scorecardId === id).map(({ scorecardId: _, ...rating }) => rating),
    })),
  };
}

/** Sessions first: whoever writes a card holds its session before. */
async function erased(tx: Tx, candidateId: string): Promise<void> {
  const sessionIds = (await claimSessionsOver(tx, candidateId)).map(({ id }) => id);
  await tx.all(
    "update ratings set evidence = '' where scorecard_id = any(array(select id from scorecards where session_id = any($1)))",
    [sessionIds],
  );
  await tx.all("update scorecards set summary = '', amendment_reason = null where session_id = any($1)", [sessionIds]);
}

export const personalData: PersonalData = { texts, rows: ROWS, export: exported, erase: erased };
