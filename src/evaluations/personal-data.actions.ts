import { isMember, type Viewer } from "../identity/viewer.rules";
import { authorsFor } from "../interviews/candidate-export.actions";
import type { AuthorName } from "../interviews/personal-data.rules";
import type { Class } from "../platform/class";
import { allRows, binding, type Reader } from "../platform/db/reader";
import type { OrganizationRow } from "../platform/db/row";
import type { Tx } from "../platform/db/tx";
import { refuse } from "../platform/errors";
import type { PersonalData } from "../platform/personal-data";
import { DebriefNote } from "./debrief-note.entity";
import { Decision, Dissent } from "./decision.entity";
import { texts } from "./personal-data.rules";
import { ScoreLink } from "./score-link.entity";
import { showsStoredScoresSql } from "./score-sight.relations";
import { Standing } from "./standing.entity";

/** Standings are kept by the journal, and change for others' sake. */
const ROWS = `
  select a.candidate_id, d.id, d.updated_at as at from decisions d
  join applications a on a.organization_id = d.organization_id and a.id = d.application_id
  union all
  select a.candidate_id, n.id, n.created_at from debrief_notes n
  join applications a on a.organization_id = n.organization_id and a.id = n.application_id
  union all
  select a.candidate_id, l.id, l.created_at from score_links l
  join applications a on a.organization_id = l.organization_id and a.id = l.application_id`;

const APPLICATIONS = "array(select id from applications where candidate_id = $1)";

/** What is exported holds every scorecard, so it goes to nobody from whom one is kept. @throws Refusal SCORE_WITHHELD */
async function mustSeeAll(reader: Reader, candidateId: string): Promise<void> {
  const viewer = reader.viewer as Viewer;
  if (!isMember(viewer)) return;
  const { values, bind } = binding();
  const kept = await reader.all(
    `select from applications a
     where a.candidate_id = ${bind(candidateId)} and not (${showsStoredScoresSql("a.id", viewer, bind)}) limit 1`,
    values,
  );
  if (kept.length === 0) return;
  const mend = "hand in what you owe, or leave the export to another ADMIN or to a key.";
  refuse("SCORE_WITHHELD", `You sit on a panel of this candidate, whose scorecards are kept from you: ${mend}`, "id");
}

async function exported(reader: Reader, candidateId: string): Promise<Readonly<Record<string, unknown>>> {
  await mustSeeAll(reader, candidateId);
  const by = await authorsFor(reader, candidateId);
  const of = <E extends OrganizationRow & { applicationId: string }>(entity: Class<E>): Promise<E[]> =>
    allRows(
      reader,
      entity,
      (bind) => `t.application_id = any(${APPLICATIONS.replace("$1", bind(candidateId))})`,
      "order by t.id",
    );
  const decisions = await of(Decision);
  const decisionIds = decisions.map(({ id }) => id);
  const dissents = await allRows(
    reader,
    Dissent,
    (bind) => `t.decision_id = any(${bind(decisionIds)})`,
    "order by t.id",
  );
  return {
    standings: (await of(Standing)).map(({ organizationId: _, priorIds: __, id: ___, ...standing }) => standing),
    debriefNotes: (await of(DebriefNote)).map(({ applicationId, authorId, text, createdAt }) => ({
      applicationId,
      by: by(authorId),
      text,
      createdAt,
    })),
    decisions: decisions.map((decision) => decisionTold(decision, dissents, by)),
    scoreLinks: (await of(ScoreLink)).map(({ applicationId, createdAt, expiresAt, revokedAt }) => ({
      applicationId,
      createdAt,
      expiresAt,
      revokedAt,
    })),
  };
}

/** Without the frozen evidence, which is the scorecards once more, and the frozen score but for what it came to. */
const decisionTold = (
  { id, applicationId, number, state, outcome, rationale, departureReason, reopenedReason, ...decision }: Decision,
  dissents: readonly Dissent[],
  by: AuthorName,
) => ({
  applicationId,
  number,
  state,
  outcome,
  rationale,
  departureReason,
  reopenedReason,
  proposedBy: decision.proposedById && by(decision.proposedById),
  decidedBy: decision.decidedById && by(decision.decidedById),
  decidedAt: decision.decidedAt,
  score: decision.score?.overall ?? null,
  recommendation: decision.score?.recommendation ?? null,
  methodVersion: decision.methodVersion,
  dissents: dissents
    .filter(({ decisionId }) => decisionId === id)
    .map(({ memberId, reason }) => ({ by: by(memberId), reason })),
});

/** Of a note nothing is left without its text. What was decided, and who disagreed, stays. */
async function erased(tx: Tx, candidateId: string): Promise<void> {
  const statements = [
    `delete from debrief_notes where application_id = any(${APPLICATIONS})`,
    `update dissents set reason = '' where decision_id = any(array(
       select id from decisions where application_id = any(${APPLICATIONS})))`,
    `update decisions set rationale = '',
       departure_reason = case when departure_reason is not null then '' end,
       reopened_reason = case when reopened_reason is not null then '' end
     where application_id = any(${APPLICATIONS})`,
  ];
  for (const statement of statements) await tx.all(statement, [candidateId]);
  await tx.all(
    `update score_links set revoked_at = $2 where revoked_at is null and application_id = any(${APPLICATIONS})`,
    [candidateId, tx.occasion.now],
  );
}

export const personalData: PersonalData = { texts, rows: ROWS, export: exported, erase: erased };
