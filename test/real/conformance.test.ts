import { describeConformance } from "../conformance/contract.js";
import { requestTracker } from "../conformance/subjects/request-tracker.js";

// The same promises as test/conformance tries on the vendors in small, on a real server.
describeConformance(requestTracker);
