import { Ctx as Context, Query, Resolver } from "type-graphql";
import { byId } from "../platform/db/loaders";
import { Member } from "./member.entity";
import { Organization } from "./organization.entity";
import { isMember } from "./viewer.rules";
import { type Ctx, ViewerType } from "./viewer.type";

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerType, { description: "Whoever asks, and where." })
  async viewer(@Context() { db, viewer }: Ctx) {
    const [member, organization] = await Promise.all([
      isMember(viewer) ? byId(db, Member, viewer.id) : null,
      byId(db, Organization, viewer.organizationId),
    ]);
    return { member, organization, toDo: {} };
  }
}
