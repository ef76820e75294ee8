import { writeFile } from "node:fs/promises";
import { permissionPage } from "./permission-page.rules";

/** Prints who may do what, for people. */
export const writePermissions = (path: string): Promise<void> => writeFile(path, permissionPage());
