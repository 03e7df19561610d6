import { newPlace } from "../../test/support/databases.js";
import { candidate } from "./candidate.js";
import { guarded } from "./guarded-app.js";

candidate(async (vendor) =>
  guarded(vendor, process.env["TEST_DATABASE_URL"] ? (await newPlace("postgres")).where : "memory"),
);
