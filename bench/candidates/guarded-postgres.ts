import { newPlace } from "../../test/support/databases.js";
import { candidate } from "./candidate.js";
import { guarded } from "./guarded-app.js";

candidate(async (vendor) => guarded(vendor, (await newPlace("postgres")).where));
