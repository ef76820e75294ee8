import { Field, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

@ObjectType()
@Entity("questions")
export class Question {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String, { nullable: true })
  @Column("text", { name: "external_key", nullable: true })
  externalKey!: string | null;

  @Field(() => Date)
  @Column("timestamptz", { name: "created_at" })
  createdAt!: Date;

  @Field(() => Int)
  @Column("integer")
  version!: number;
}

@ObjectType()
@Entity("question_versions")
export class QuestionVersion {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "question_id" })
  questionId!: string;

  @Field(() => Int)
  @Column("integer")
  number!: number;

  @Field(() => String)
  @Column("text")
  state!: string;

  @Field(() => String)
  @Column("text")
  kind!: string;

  @Field(() => String, { nullable: true })
  @Column("text", { nullable: true })
  title!: string | null;

  @Field(() => String)
  @Column("text")
  stem!: string;

  @Field(() => String, { nullable: true })
  @Column("text", { nullable: true })
  level!: string | null;

  @Field(() => Int, { nullable: true })
  @Column("integer", { nullable: true })
  difficulty!: number | null;

  @Field(() => Int, { nullable: true })
  @Column("integer", { nullable: true })
  minutes!: number | null;
}
