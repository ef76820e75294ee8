import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { Node } from "./node";

@ObjectType()
@Entity("members")
export class Member {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String)
  @Column("text")
  name!: string;

  @Column("text")
  email!: string;

  @Column("boolean")
  active!: boolean;
}

@ObjectType()
@Entity("candidates")
export class Candidate {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String)
  @Column("text")
  name!: string;

  @Field(() => String, { nullable: true })
  @Column("text", { nullable: true })
  email!: string | null;

  @Column("timestamptz", { name: "erased_at", nullable: true })
  erasedAt!: Date | null;
}

@ObjectType({ implements: Node })
@Entity("jobs")
export class Job extends Node {
  @Field(() => String)
  @Column("text")
  title!: string;

  @Column("uuid", { name: "profile_version_id" })
  profileVersionId!: string;
}

@ObjectType({ implements: Node })
@Entity("applications")
export class Application extends Node {
  @Column("uuid", { name: "candidate_id" })
  candidateId!: string;

  @Column("uuid", { name: "job_id" })
  jobId!: string;

  @Column("text")
  status!: string;
}

@ObjectType()
@Entity("skills")
export class Skill {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String)
  @Column("text")
  name!: string;
}
