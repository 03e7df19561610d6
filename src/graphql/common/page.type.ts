import { Field, Int, ObjectType, type ClassType } from "type-graphql";
import type { Listing } from "../../operations/listing.js";

@ObjectType("PageInfo", { description: "Where a page ends.", simpleResolvers: true })
class PageInfoType {
  @Field({ description: "Whether there is more after this page." })
  readonly hasNextPage: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Give this as `after` to get the next page. Null on an empty page.",
  })
  readonly endCursor: string | null;

  constructor(private readonly listing: Listing<unknown>) {
    this.hasNextPage = listing.hasNextPage;
    this.endCursor = listing.endCursor;
  }

  /** This and the next are read where the schema is a subgraph: asSubgraph adds them to the type. */
  get startCursor(): string | null {
    return this.listing.items.length === 0 ? null : this.listing.cursorAt(0);
  }

  get hasPreviousPage(): boolean {
    return this.listing.hasPreviousPage;
  }
}

/** What a page of the schema is made from. */
export interface PageOf<N> {
  readonly nodes: readonly N[];
  readonly edges: readonly { readonly node: N; readonly cursor: string }[];
  readonly pageInfo: PageInfoType;
  readonly totalCount: number | null;
}

/** The types `<name>Connection` and `<name>Edge` over some type of node. */
export function pageType<N extends object>(
  name: string,
  node: () => ClassType<N>,
  things: string,
): ClassType<PageOf<N>> {
  @ObjectType(`${name}Edge`, {
    description: `One of the ${things}, and where it stands in the list.`,
    simpleResolvers: true,
  })
  class Edge {
    @Field(node, { description: "The thing itself." })
    readonly node!: N;

    @Field({ description: "Give this as `after` to go on behind this one." })
    readonly cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${things}.`, simpleResolvers: true })
  class Page implements PageOf<N> {
    @Field(() => [node()], { description: `The ${things} of this page.` })
    readonly nodes!: readonly N[];

    @Field(() => [Edge], { description: "The same, each with its cursor." })
    readonly edges!: readonly Edge[];

    @Field(() => PageInfoType, { description: "Where the page ends." })
    readonly pageInfo!: PageInfoType;

    @Field(() => Int, { nullable: true, description: "How many there are in all; null where the vendor doesn't tell." })
    readonly totalCount!: number | null;
  }
  return Page;
}

/** A listing as a page, each item made into its node. */
export function pageOf<T, N>(listing: Listing<T>, toNode: (item: T) => N): PageOf<N> {
  return new ListedPage(listing, listing.items.map(toNode));
}

/** A class and no literal: a getter in a literal gives each page a hidden class of its own, which keeps what it holds past its time. */
class ListedPage<N> implements PageOf<N> {
  readonly pageInfo: PageInfoType;

  constructor(
    private readonly listing: Listing<unknown>,
    readonly nodes: readonly N[],
  ) {
    this.pageInfo = new PageInfoType(listing);
  }

  get edges(): PageOf<N>["edges"] {
    return this.nodes.map((node, index) => ({ node, cursor: this.listing.cursorAt(index) }));
  }

  get totalCount(): number | null {
    return this.listing.total;
  }
}
