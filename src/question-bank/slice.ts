import { defineSlice } from "../platform/slice";
import { ExportResolver } from "./export.resolver";
import * as imports from "./import.relations";
import { ImportedItemResolver, ImportResolver } from "./import.resolver";
import { texts } from "./personal-data.rules";
import * as question from "./question.relations";
import { QuestionResolver, QuestionReviewResolver } from "./question.resolver";
import { questionSection } from "./question.section";
import * as bank from "./question-bank.relations";
import { QuestionBankResolver } from "./question-bank.resolver";
import { bankSection } from "./question-bank.section";
import * as comment from "./question-comment.relations";
import { QuestionDiffResolver } from "./question-diff.resolver";
import {
  MatchingResolver,
  MultipleChoiceResolver,
  NumericResolver,
  QuestionKeyResolver,
  ShortTextResolver,
  SingleChoiceResolver,
  TrueFalseResolver,
} from "./question-kind.resolver";
import { QuestionFacetsResolver, QuestionSearchResolver, SkillCountResolver } from "./question-search.resolver";
import * as use from "./question-use.relations";
import { QuestionUseResolver } from "./question-use.resolver";
import * as rubric from "./rubric.relations";
import { RubricResolver, RubricReviewResolver } from "./rubric.resolver";
import { rubricSection } from "./rubric.section";
import { copyStarterBank } from "./starter.actions";
import { ReviewsToDoResolver } from "./to-do.resolver";

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
    QuestionSkill: 0x037,
    QuestionAuthor: 0x038,
    QuestionComment: 0x039,
    QuestionUse: 0x03a,
    RubricSkill: 0x03b,
    RubricAuthor: 0x03c,
    Import: 0x03d,
  },
  declared: { ...bank, ...question, ...comment, ...use, ...rubric, ...imports },
  resolvers: [
    QuestionBankResolver,
    QuestionResolver,
    QuestionReviewResolver,
    QuestionKeyResolver,
    SingleChoiceResolver,
    MultipleChoiceResolver,
    TrueFalseResolver,
    ShortTextResolver,
    NumericResolver,
    MatchingResolver,
    QuestionDiffResolver,
    QuestionSearchResolver,
    QuestionFacetsResolver,
    SkillCountResolver,
    RubricResolver,
    RubricReviewResolver,
    QuestionUseResolver,
    ImportResolver,
    ImportedItemResolver,
    ExportResolver,
    ReviewsToDoResolver,
  ],
  bankSections: [bankSection, questionSection, rubricSection],
  onOrganizationCreated: copyStarterBank,
  refusals: {
    QUESTION_UNUSABLE: "The question could not be asked: its content is at fault, or does not belong to its kind.",
    OWN_WORK: "You wrote in what is to be reviewed: somebody else must review it.",
    COMMENT_MISSING: "What is returned needs a word on what to mend.",
    RUBRIC_UNUSABLE: "The rubric could not be used to rate: a scale, gate, anchor, key, weight or claim is at fault.",
    RUBRIC_UNFINISHED:
      "The rubric is not ready: a value without an anchor, no weight, or a claimed skill that nothing rates.",
    FILE_TOO_LARGE: "The file is larger than an import takes.",
    FILE_UNREADABLE: "The file as a whole cannot be read: the message says where and why.",
    FILE_EMPTY: "The file holds nothing to import.",
    IMPORT_RUNNING: "Another import is under way in the organisation.",
  },
  conflicts: {
    uq_question_banks_organization_id_name: {
      field: ["name"],
      message: "A question bank of this name is already there.",
    },
    uq_question_banks_organization_id_external_key: {
      field: ["externalKey"],
      message: "A bank of this key is already there.",
    },
    uq_questions_organization_id_bank_id_external_key: {
      field: ["externalKey"],
      message: "A question of this key is already in the bank.",
    },
    uq_rubrics_organization_id_name: { field: ["name"], message: "A rubric of this name is already there." },
    uq_rubrics_organization_id_external_key: {
      field: ["externalKey"],
      message: "A rubric of this key is already there.",
    },
  },
  events: [
    "question_bank.created",
    "question_bank.updated",
    "question_bank.exported",
    "import.done",
    "question.created",
    "question.updated",
    "question.review_requested",
    "question.returned",
    "question.published",
    "question.retired",
    "question.draft_discarded",
    "question.commented",
    "rubric.created",
    "rubric.updated",
    "rubric.review_requested",
    "rubric.returned",
    "rubric.published",
    "rubric.retired",
    "rubric.draft_discarded",
  ],
  personalData: { texts },
});
