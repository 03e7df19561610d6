import { closeRun } from "./run-databases.mjs";

export default closeRun;
