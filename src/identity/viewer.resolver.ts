import { Ctx as Context, Query, Resolver } from "type-graphql";
import { version } from "../../package.json";
import { byId } from "../platform/db/reading";
import { Member } from "./member.entity";
import { Organization } from "./organization.entity";
import { AboutType, type Ctx, ViewerType } from "./viewer.type";

@Resolver()
export class ViewerResolver {
  @Query(() => AboutType, { description: "This server. Answers to anybody." })
  about(): AboutType {
    return { name: "Assay", version };
  }

  @Query(() => ViewerType, { description: "Whoever asks, and where." })
  async viewer(@Context() { db, viewer }: Ctx) {
    const member = viewer.kind === "MEMBER" ? byId(db, Member, viewer.id) : null;
    return { member: await member, organization: await byId(db, Organization, viewer.organizationId) };
  }
}
