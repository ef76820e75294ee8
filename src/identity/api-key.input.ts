import { ArrayNotEmpty } from "class-validator";
import { Field, InputType } from "type-graphql";
import { IdOf, Line, Version, Whole } from "../platform/graphql/input-fields";
import type { KeyEnvironment } from "./api-key.rules";
import { KeyEnvironmentEnum, ScopeEnum } from "./api-key.type";
import type { Scope } from "./viewer.rules";

@InputType({ description: "A key for a program." })
export class CreateApiKeyInput {
  @Line("What people call it, such as the program that holds it.", { max: 100 })
  name!: string;

  @Field(() => KeyEnvironmentEnum, { description: "What it is for." })
  environment!: KeyEnvironment;

  @Field(() => [ScopeEnum], { description: "What it may do: as little as the program needs. At least one." })
  @ArrayNotEmpty({ message: "wants at least one scope" })
  scopes!: Scope[];

  @Whole(1, 730, "Days until it stops working; never where null is given. Default 365.", { optional: true })
  expiresInDays?: number | null;
}

@InputType({ description: "A key that is to have another secret." })
export class RotateApiKeyInput {
  @IdOf("ApiKey", "The key.")
  id!: string;

  @Version()
  version!: number;

  @Whole(0, 168, "Hours for which the secret that it had opens too. Default 24.", { optional: true })
  overlapHours?: number | null;
}

@InputType({ description: "The key to close." })
export class RevokeApiKeyInput {
  @IdOf("ApiKey", "The key.")
  id!: string;
}
