import { readFileSync } from "node:fs";
import { permissionPage } from "../../src/identity/permission-page.rules";

test("docs/permissions.md is what `npm run schema` prints", () => {
  expect(readFileSync("docs/permissions.md", "utf8")).toBe(permissionPage());
});
