import { Field } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { Value } from "../platform/graphql/node";
import type { KitWarning, KitWarningCode } from "./interview-kit.rules";

const KitWarningCodeEnum = enumOf<KitWarningCode>("KitWarningCode", "What to look at in a kit, for programs.", {
  MINUTES_EXCEED_SLOT: "The minutes of the questions add up to more than the interview lasts.",
  SKILL_NOT_COVERED: "No criterion of the rubric rates a skill that counts in the profile, or a narrower one.",
  SKILL_NOT_ASKED: "No question asks for a skill that counts in the profile, or for a narrower one.",
  QUESTION_RETIRED: "A question is asked in a version that is no longer to be used.",
  RUBRIC_RETIRED: "Interviews are rated by a version of the rubric that is no longer to be used.",
});

@Value("KitWarning", "Something about a kit that whoever plans with it should know. Interviews can be planned with it.")
export abstract class KitWarningType implements Pick<KitWarning, "code" | "message"> {
  @Field(() => KitWarningCodeEnum, { description: "What to look at, for programs." })
  code!: KitWarningCode;

  @Field(() => String, { description: "What to look at, for people." })
  message!: string;
}
