import { everyone, noun } from "../platform/db/nouns";
import { QuestionBank } from "./question-bank.entity";

export const questionBanks = noun(QuestionBank, { visible: everyone, orderBy: "name" });
