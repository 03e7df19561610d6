import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Field, Info, ObjectType } from "type-graphql";
import type { ConnectionState as State } from "../../connectors/connection-state.js";
import { connectionGlobalId } from "../../operations/access.js";
import { projectsOf } from "../../operations/browse.js";
import { findProject, findTicket } from "../../operations/references.js";
import { ConnectionState, Vendor } from "../common/enums.js";
import { NodeType } from "../common/node.type.js";
import { TextPageArgs } from "../common/page.args.js";
import { pageOf, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { RefInput } from "../common/reference.input.js";
import type { ConnectionView } from "../connection-view.js";
import { ProjectPage, ProjectType } from "../project/project.type.js";
import { SyncStateType } from "./sync-state.type.js";
import { partsOfTicket } from "../ticket/parts-in.js";
import { TicketType } from "../ticket/ticket.type.js";
import { DateTime } from "../common/scalars.js";
import { CapabilitiesType } from "./capabilities.type.js";

@ObjectType("VendorConnection", {
  description: "One account at one vendor: what other unified APIs call a connection.",
  implements: NodeType,
  simpleResolvers: true,
})
export class VendorConnectionType extends NodeType {
  constructor(private readonly view: ConnectionView) {
    super();
  }

  get id(): string {
    return connectionGlobalId(this.view.connection);
  }

  @Field({ description: "The name as people read it." })
  get name(): string {
    return this.view.connection.name;
  }

  @Field(() => Vendor, { description: "Which vendor it is." })
  get vendor(): string {
    return this.view.connection.label;
  }

  @Field(() => ConnectionState, { description: "What the last calls told." })
  get state(): State {
    return this.view.connection.state;
  }

  @Field(() => CapabilitiesType, { description: "What this vendor can do." })
  get capabilities(): Ref<CapabilitiesType> {
    return new CapabilitiesType(this.view.connection.capabilities);
  }

  @Field(() => DateTime, {
    simple: false,
    nullable: true,
    description: "Since when the synced store may be behind: when the last whole run began. Null where there was none.",
  })
  get lastSyncedAt(): Promise<Date | null> {
    return this.view.sync().then(({ syncedAt }) => syncedAt);
  }

  @Field(() => SyncStateType, { simple: false, description: "How the copying of its tickets into the store is doing." })
  get sync(): Promise<Ref<SyncStateType>> {
    return this.view.sync().then((sync) => new SyncStateType(sync));
  }

  @Field(() => ProjectType, { nullable: true, simple: false, description: "One project; null where there is none." })
  async project(
    @Arg("ref", () => RefInput, { description: "Which one." }) ref: Ref<RefInput>,
  ): Promise<ProjectType | null> {
    const { value } = await findProject(this.view.connection, ref, ["ref"]);
    return value ? this.view.sawProject(value) : null;
  }

  @Field(() => ProjectPage, {
    nullable: true,
    simple: false,
    description:
      "The projects that the connection's account may see; null beside an error that names the connection where its vendor is away.",
  })
  async projects(@Args(() => TextPageArgs) page: Ref<TextPageArgs>): Promise<PageOf<ProjectType>> {
    const listing = await projectsOf(this.view.connection, page.query, page);
    return pageOf(listing, (project) => this.view.sawProject(project));
  }

  @Field(() => TicketType, { nullable: true, simple: false, description: "One ticket; null where there is none." })
  async ticket(
    @Arg("ref", () => RefInput, { description: "Which one: by id, or by the key that people read." })
    ref: Ref<RefInput>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TicketType | null> {
    const { value } = await findTicket(this.view.connection, ref, ["ref"], partsOfTicket(info));
    return value ? this.view.sawTicket(value) : null;
  }
}
