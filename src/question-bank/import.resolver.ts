import { Args, Ctx as Context, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { NodeType, nodeOf } from "../platform/graphql/node";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { type ImportedItem, importBank } from "./import.actions";
import { Import } from "./import.entity";
import { ImportBankInput } from "./import.input";
import { importStateAt } from "./import.rules";
import { ImportedItemType, ImportReportType, ImportStateEnum, ImportType } from "./import.type";

const ImportBankPayload = payloadOf("ImportBank", "report", () => ImportReportType, "What was done.");

@Resolver(() => ImportType)
export class ImportResolver {
  @Query(() => connectionOf(Import), { description: "Imports under way and over, newest first." })
  imports(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Import, args);
  }

  @Mutation(() => ImportBankPayload, {
    complexity: 4000,
    description:
      "Imports a file of questions and what belongs to them: all that can be read; the report tells of each item with its " +
      "line. What is there already under the same key gets a new version. While it runs, `imports` tells how far it is.",
  })
  importBank(@Context() ctx: Ctx, @Input(() => ImportBankInput) input: ImportBankInput) {
    return payload(ctx, "report", input, importBank);
  }

  @FieldResolver(() => ImportStateEnum, {
    description: "How far it has come. FAILED also where its server ended first.",
  })
  state(@Root() row: Import, @Context() { now }: Ctx) {
    return importStateAt(row, now);
  }
}

@Resolver(() => ImportedItemType)
export class ImportedItemResolver {
  @FieldResolver(() => NodeType, {
    nullable: true,
    description: "What it is here; null where it was refused or ignored, and on a dry run where it would be created.",
  })
  object(@Root() { id }: ImportedItem, @Context() ctx: Ctx) {
    return id ? nodeOf(ctx, id) : null;
  }
}
