/** What holds in the database whatever people do. Each statement finds what breaks it, in one organisation ($1). */

const OWED = "p.feedback_required and p.feedback_given_at is null and p.waived_at is null";
const CALLED_OFF = "s.state in ('CANCELLED', 'NO_SHOW')";

const TAKING = `s.organization_id = $1 and s.starts_at is not null
  and s.state not in ('NEEDS_SCHEDULING', 'ON_HOLD', 'CANCELLED', 'NO_SHOW')`;
const PEOPLE = `
  select s.id, p.member_id as person, s.starts_at, s.ends_at from interview_sessions s
  join panelists p on p.session_id = s.id where ${TAKING}
  union all
  select s.id, a.candidate_id, s.starts_at, s.ends_at from interview_sessions s
  join applications a on a.id = s.application_id where ${TAKING}`;
const BOOKED = `
  select session_id, coalesce(member_id, candidate_id), starts_at, ends_at from bookings where organization_id = $1`;

/** Of the application that a decision is about, between its recording and its reopening. */
const WHILE_RECORDED = `
  select d.application_id, r.sequence as after, coalesce(o.sequence, 9223372036854775807) as before
  from decisions d
  join journal_entries r on r.object_id = d.id and r.type = 'decision.recorded'
  left join journal_entries o on o.object_id = d.id and o.type = 'decision.reopened'
  where d.organization_id = $1`;

/** At every commit. */
export const ALWAYS: Readonly<Record<string, string>> = {
  "bookings are the people of the sessions that take time": `
    ((${PEOPLE}) except all (${BOOKED})) union all ((${BOOKED}) except all (${PEOPLE}))`,

  "a session owes what its panel owes, and nothing once called off": `
    select s.id, s.state, s.feedback_owed, count(p.id) as panel from interview_sessions s
    left join panelists p on p.session_id = s.id and ${OWED} and not ${CALLED_OFF}
    where s.organization_id = $1 group by s.organization_id, s.id having s.feedback_owed <> count(p.id)`,

  "nothing COMPLETE owes": `
    select s.id from interview_sessions s
    where s.organization_id = $1 and s.state = 'COMPLETE' and s.feedback_owed > 0`,

  "a seat has given feedback if and only if one card of its member is in": `
    select coalesce(p.session_id, c.session_id) as session, coalesce(p.member_id, c.interviewer_id) as member, c.cards
    from (select * from panelists where organization_id = $1) p
    full join (
      select session_id, interviewer_id, count(*) as cards from scorecards
      where organization_id = $1 and state = 'SUBMITTED' group by 1, 2
    ) c on c.session_id = p.session_id and c.interviewer_id = p.member_id
    where p.id is null and c.cards > 0 or (p.feedback_given_at is not null) <> (coalesce(c.cards, 0) = 1)`,

  "a member has at most one draft for a session": `
    select session_id, interviewer_id from scorecards where organization_id = $1 and state = 'DRAFT'
    group by 1, 2 having count(*) > 1`,

  "whoever has a card in writes no draft beside it": `
    select session_id, interviewer_id from scorecards
    where organization_id = $1 and state in ('DRAFT', 'SUBMITTED') group by 1, 2 having count(*) > 1`,

  "an application is settled as its open decision says": `
    select a.id, a.status, d.outcome from applications a
    left join decisions d on d.application_id = a.id and d.state = 'RECORDED'
    where a.organization_id = $1
      and a.status <> case d.outcome when 'HIRE' then 'HIRED' when 'REJECT' then 'REJECTED' else 'ACTIVE' end`,
};

/** Once every listener has heard of everything. */
export const AFTERWARDS: Readonly<Record<string, string>> = {
  ...ALWAYS,

  "no draft is left of a session that was called off, or of somebody without a seat": `
    select c.id, s.state, p.id as seat from scorecards c
    join interview_sessions s on s.id = c.session_id
    left join panelists p on p.session_id = c.session_id and p.member_id = c.interviewer_id
    where c.organization_id = $1 and c.state = 'DRAFT' and (${CALLED_OFF} or p.id is null)`,

  // A draft that is withdrawn because its author left is the server's own deed, and was no evidence.
  "nothing that a score is made of changes while a decision holds": `
    select e.type, e.object_id from (${WHILE_RECORDED}) h
    join interview_sessions s on s.application_id = h.application_id
    left join scorecards c on c.session_id = s.id
    join journal_entries e on e.object_id in (s.id, c.id) and e.sequence > h.after and e.sequence < h.before
    where e.type in ('interview_session.planned', 'interview_session.reopened', 'scorecard.submitted',
      'scorecard.replaced', 'scorecard.amended') or (e.type = 'scorecard.withdrawn' and e.actor_kind = 'MEMBER')`,
};
