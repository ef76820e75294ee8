import { unpublished } from "../platform/db/nouns";
import { IdempotentRequest } from "../platform/idempotent-request.entity";

export const idempotentRequests = unpublished(IdempotentRequest);
