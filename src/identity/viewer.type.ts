import { Field } from "type-graphql";
import type { Ctx as PlatformCtx } from "../platform/context";
import { Value } from "../platform/graphql/node";
import { MemberType } from "./member.type";
import { OrganizationType } from "./organization.type";
import type { Viewer } from "./viewer.rules";

/** The context of everything that acts or reads for somebody. */
export type Ctx = PlatformCtx<Viewer>;

@Value("ToDo", "What waits for the viewer. Each part is read only when it is asked for; all are empty for a key.")
export class ToDoType {}

@Value("Viewer", "Whoever asks.")
export class ViewerType {
  @Field(() => MemberType, { nullable: true, description: "The member that the token names; null for a key." })
  member!: MemberType | null;

  @Field(() => OrganizationType, { description: "The organisation in which the viewer acts." })
  organization!: OrganizationType;

  @Field(() => ToDoType, { description: "What waits for the viewer." })
  toDo!: ToDoType;
}
