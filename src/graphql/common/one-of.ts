/** The inputs of which exactly one field must be given; type-graphql has no word for it. Inputs that are made of vendors' schemas add theirs. */
export const ONE_OF: string[] = ["RefInput", "IssueTypeRefInput", "ResolveDeliveryInput", "VendorCreateInput"];
