import { candidate } from "./candidate.js";
import { guarded } from "./guarded-app.js";

candidate((vendor) => guarded(vendor, "memory"));
