import { Field, ID, InterfaceType } from "type-graphql";
import { PrimaryColumn } from "typeorm";

@InterfaceType()
export abstract class Node {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;
}
