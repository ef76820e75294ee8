import { Field, Query, Resolver } from "type-graphql";
import { version } from "../../../package.json";
import { Value } from "./node";

@Value("About", "This server.")
class AboutType {
  @Field(() => String, { description: "Name of the software." })
  name!: string;

  @Field(() => String, { description: "Version of the server." })
  version!: string;
}

@Resolver()
export class AboutResolver {
  @Query(() => AboutType, { description: "This server. Answers to anybody." })
  about(): AboutType {
    return { name: "Assay", version };
  }
}
