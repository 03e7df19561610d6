import { describe } from "@jest/globals";
import { describeAccess } from "./access.js";
import { describeCapabilities } from "./capabilities.js";
import { describeCopies } from "./copies.js";
import { describeFields } from "./fields.js";
import { describeParts } from "./parts.js";
import { describeReads } from "./reads.js";
import type { Subject } from "./subject.js";
import { describeTrouble } from "./trouble.js";
import { describeWrites } from "./writes.js";

/** What is promised of every connector: one set of promises, whatever the vendor. */
export function describeConformance(subject: Subject): void {
  describe(subject.vendor.title, () => {
    describeReads(subject);
    describeWrites(subject);
    describeTrouble(subject);
    describeParts(subject);
    describeCopies(subject);
    describeCapabilities(subject);
    describeFields(subject);
    describeAccess(subject);
  });
}
