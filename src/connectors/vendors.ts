export { jira } from "./jira/index.js";
export { leen } from "./leen/index.js";
export { requestTracker } from "./request-tracker/index.js";
export { rezolve } from "./rezolve/index.js";
export { stackone } from "./stackone/index.js";
