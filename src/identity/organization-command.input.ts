import { Email, Line } from "../platform/graphql/input-fields";

/** What the command line says of a new organisation: held to what the API asks of the same texts. */
export class OrganizationCommandInput {
  @Line("Name of the company.")
  name!: string;

  @Email("By which the sign-in provider knows the first ADMIN.")
  adminEmail!: string;

  @Line("Full name of the first ADMIN.")
  adminName!: string;
}
