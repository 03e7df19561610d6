import { Arg, Field, ObjectType } from "type-graphql";
import { globalId } from "../../domain/global-id.js";
import type { IssueType } from "../../domain/ticket.js";
import { listFields } from "../../operations/browse.js";
import { NodeType } from "../common/node.type.js";
import { pageType } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { RefInput } from "../common/reference.input.js";
import type { ConnectionView } from "../connection-view.js";
import { VendorConnectionType } from "../connection/connection.type.js";
import { FieldDefinitionType } from "./field-definition.type.js";

@ObjectType("IssueType", {
  description: "What kind of ticket it is: Bug, Task, Incident.",
  implements: NodeType,
  simpleResolvers: true,
})
export class IssueTypeType extends NodeType {
  /** Made once: many tickets of a page speak of the same. */
  override readonly id: string;

  constructor(
    private readonly view: ConnectionView,
    private readonly type: IssueType,
  ) {
    super();
    this.id = globalId("IssueType", view.connection.id, type.vendorId);
  }

  @Field(() => VendorConnectionType, { description: "The connection that knows this type." })
  get connection(): Ref<VendorConnectionType> {
    return new VendorConnectionType(this.view);
  }

  @Field({ description: "The vendor's own id." })
  get vendorId(): string {
    return this.type.vendorId;
  }

  @Field({ description: "The name as people read it." })
  get name(): string {
    return this.type.name;
  }

  @Field(() => String, { nullable: true, description: "What the vendor's administrators say of it." })
  get description(): string | null {
    return this.type.description;
  }

  @Field({ description: "Whether a ticket of this type needs a parent." })
  get subtask(): boolean {
    return this.type.subtask;
  }

  @Field(() => [FieldDefinitionType], {
    simple: false,
    description:
      "Which fields a ticket of this type takes: what a form needs to be drawn, and what the vendor will refuse without.",
  })
  async fields(
    @Arg("project", () => RefInput, { description: "The project; the same type may take other fields elsewhere." })
    project: Ref<RefInput>,
  ): Promise<FieldDefinitionType[]> {
    const fields = await listFields(this.view.connection, this.type.vendorId, project);
    return fields as FieldDefinitionType[];
  }
}

export const IssueTypePage = pageType("IssueType", () => IssueTypeType as never, "issue types");
