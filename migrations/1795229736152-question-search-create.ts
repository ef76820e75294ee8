import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a version is found by, of its row `v`: never its guidance, options, keys or feedback. */
const WORDS = (v: string) => `
  setweight(to_tsvector('english', coalesce(${v}.title, '')), 'A') ||
  setweight(to_tsvector('english', array_to_string(${v}.tags, ' ')), 'B') ||
  setweight(to_tsvector('english', left(${v}.stem, 20000)), 'C')`;

/** The same words without their places, each once: a mistyped word is compared with these, so they are few. */
const SPELLINGS = (words: string) => `left(array_to_string(tsvector_to_array(${words}), ' '), 4000)`;

/**
 * Outside the wall, because under row security an index is used only by leakproof operators, and neither `@@` nor the
 * trigram ones are. The server's login cannot touch the table; the function over it answers with ids and ranks alone.
 * @see docs/decisions/0007-search-beside-the-wall.md
 */
const SEARCH = [
  // Trusted: whoever may create in the database may create them.
  "create extension if not exists btree_gin",
  "create extension if not exists pg_trgm",

  `create table question_search (
     organization_id uuid not null,
     question_version_id uuid not null,
     words tsvector not null,
     spellings text not null,
     constraint pk_question_search primary key (organization_id, question_version_id)
   )`,
  "revoke all on question_search from public",
  "alter table question_search alter column organization_id set (n_distinct = 1)",

  "alter table question_versions no force row level security",
  `insert into question_search
   select organization_id, id, words, ${SPELLINGS("words")}
   from question_versions v cross join lateral (select ${WORDS("v")} as words) said`,
  "alter table question_versions force row level security",
  "create index ix_question_search_words on question_search using gin (organization_id, words)",
  "create index ix_question_search_spellings on question_search using gin (organization_id, spellings gin_trgm_ops)",

  // Of a list by use: never used comes before used long ago.
  "drop index ix_question_versions_organization_id_use_count_id",
  `create index ix_question_versions_least_used on question_versions
     (organization_id, use_count, coalesce(last_used_at, '-infinity'), id)`,

  `create function keep_question_search() returns trigger
     language plpgsql security definer set search_path = public, pg_temp
     as $$ declare words tsvector; begin
       if tg_op <> 'INSERT' then
         delete from question_search where organization_id = old.organization_id and question_version_id = old.id;
       end if;
       if tg_op <> 'DELETE' then
         words := ${WORDS("new")};
         insert into question_search values (new.organization_id, new.id, words, ${SPELLINGS("words")});
       end if;
       return null;
     end $$`,
  `create trigger keep_search after insert or delete or update of title, tags, stem on question_versions
     for each row execute function keep_question_search()`,

  // Loads pg_trgm, whose settings a function may name only then.
  "select similarity('', '')",
  `create function matching_question_versions(query text) returns table (id uuid, rank real)
     language plpgsql stable security definer rows 50
     set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.4
     as $$ declare
       here uuid := nullif(current_setting('app.organization', true), '')::uuid;
       asked tsquery := websearch_to_tsquery('english', query);
       excluded text := '(?:^|\\s)-(?:"[^"]*"?|\\S+)';
       unwanted tsquery;
       wanted text[];
     begin
       return query
         select s.question_version_id, ts_rank(s.words, asked) from question_search s
         where s.organization_id = here and s.words @@ asked;
       if found then return; end if;

       -- Nothing holds all the words: what holds words like each of them, the longest found by the index. Short words
       -- are like too many others.
       unwanted := websearch_to_tsquery('english',
         (select string_agg(part[1], ' ') from regexp_matches(query, '(' || excluded || ')', 'g') part));
       wanted := array(
         select word from unnest(tsvector_to_array(to_tsvector('english', regexp_replace(query, excluded, ' ', 'g')))) word
         where length(word) > 3 order by length(word) desc, word);
       return query
         select s.question_version_id, alike.mean
         from question_search s
         cross join lateral (
           select avg(word_similarity(word, s.spellings)::numeric)::real, min(word_similarity(word, s.spellings))
           from unnest(wanted) word
         ) alike (mean, least)
         where s.organization_id = here and s.spellings %> wanted[1] and alike.least >= 0.4
           and (coalesce(numnode(unwanted), 0) = 0 or s.words @@ unwanted);
     end $$`,
  "revoke execute on function keep_question_search(), matching_question_versions(text) from public",
];

export class QuestionSearchCreate1795229736152 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of SEARCH) await runner.query(statement);
  }

  /** The extensions stay: others in the database may use them. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop trigger keep_search on question_versions");
    await runner.query("drop function keep_question_search(), matching_question_versions(text)");
    await runner.query("drop table question_search");
    await runner.query("drop index ix_question_versions_least_used");
    await runner.query(
      "create index ix_question_versions_organization_id_use_count_id on question_versions (organization_id, use_count, id)",
    );
  }
}
