import { Ctx as Context, Mutation, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { CandidateType } from "./candidate.type";
import { eraseCandidate, exportCandidate } from "./candidate-privacy.actions";
import { EraseCandidateInput, ExportCandidateInput } from "./candidate-privacy.input";
import { CandidateExportType } from "./candidate-privacy.type";

const ExportCandidatePayload = payloadOf("ExportCandidate", "candidateExport", () => CandidateExportType, "The file.");
const EraseCandidatePayload = payloadOf(
  "EraseCandidate",
  "candidate",
  () => CandidateType,
  "What is left of the candidate.",
);

@Resolver()
export class CandidatePrivacyResolver {
  @Mutation(() => ExportCandidatePayload, {
    complexity: 500,
    description:
      "Writes out everything that is known of a candidate, what was written in blind sessions included. It is noted in the audit trail and the access log. For an ADMIN from whom no scorecard of theirs is kept.",
  })
  exportCandidate(@Context() ctx: Ctx, @Input(() => ExportCandidateInput) input: ExportCandidateInput) {
    return payload(ctx, "candidateExport", input, exportCandidate);
  }

  @Mutation(() => EraseCandidatePayload, {
    complexity: 100,
    description:
      "Erases a candidate's name, address, references and all that was written about them, for good. Scores, values and recommendations stay. Wants every session of theirs over.",
  })
  eraseCandidate(@Context() ctx: Ctx, @Input(() => EraseCandidateInput) input: EraseCandidateInput) {
    return payload(ctx, "candidate", input, eraseCandidate);
  }
}
