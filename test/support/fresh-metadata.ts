import "reflect-metadata";

// Both libraries keep what they read from decorators in a global. Jest copies the globals of the process that ran the
// set-up into the test's realm, where its classes and scalars would be strangers.
for (const name of ["TypeGraphQLMetadataStorage", "typeormMetadataArgsStorage"])
  Reflect.deleteProperty(globalThis, name);
