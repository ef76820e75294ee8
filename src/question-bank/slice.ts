import { defineSlice } from "../platform/slice";
import * as question from "./question.relations";
import { ImportedItemResolver, QuestionResolver } from "./question.resolver";
import * as bank from "./question-bank.relations";
import { QuestionBankResolver } from "./question-bank.resolver";
import * as rubric from "./rubric.relations";
import { RubricResolver } from "./rubric.resolver";

export const questionBank = defineSlice({
  name: "question-bank",
  idTypes: {
    QuestionBank: 0x030,
    Question: 0x031,
    QuestionVersion: 0x032,
    Rubric: 0x033,
    RubricVersion: 0x034,
    Criterion: 0x035,
    Anchor: 0x036,
  },
  declared: { ...bank, ...question, ...rubric },
  resolvers: [QuestionBankResolver, QuestionResolver, ImportedItemResolver, RubricResolver],
  refusals: {
    RUBRIC_UNUSABLE: "The rubric could not be used to rate: a scale, gate, anchor, key or weight is at fault.",
    IMPORT_TOO_LARGE: "The file is larger than an import takes.",
    IMPORT_EMPTY: "The file holds no question.",
  },
  conflicts: {
    uq_question_banks_organization_id_name: {
      field: ["name"],
      message: "A question bank of this name is already there.",
    },
    uq_rubrics_organization_id_name: { field: ["name"], message: "A rubric of this name is already there." },
  },
  events: ["question_bank.created", "question_bank.imported", "question.created", "question.updated", "rubric.created"],
});
