import { describeConformance } from "./contract.js";
import { jira } from "./subjects/jira.js";
import { leen } from "./subjects/leen.js";
import { rezolve } from "./subjects/rezolve.js";
import { stackone } from "./subjects/stackone.js";

// A vendor's line: its sandbox, and what the promises need to know of it. Request Tracker's is in test/real.
for (const subject of [jira, leen, rezolve, stackone]) describeConformance(subject);
