import { describe, expect, it } from "@jest/globals";
import { needNode } from "../src/need-node.js";

describe("a Node.js", () => {
  it.each(["22.19.0", "24.0.0", "30.1.2"])("%s runs a gateway", (version) => {
    expect(() => needNode(version)).not.toThrow();
  });
  it.each(["20.20.2", "22.18.9"])("%s doesn't, and says what to do", (version) => {
    expect(() => needNode(version)).toThrow(
      `Node.js: Version ${version} is too old. Install 22.19 or later, best 24. In a checkout npm brings one: npm start -- …`,
    );
  });
});
