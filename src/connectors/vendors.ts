export { jira } from "./jira/index.js";
export { requestTracker } from "./request-tracker/index.js";
