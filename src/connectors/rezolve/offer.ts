import type { VendorError } from "../../domain/errors.js";
import { didYouMean } from "../../domain/suggest.js";
import { wrong } from "../wrong.js";
import type { WireOffer, WireType } from "./wire.js";

const PATH = ["vendor", "rezolve", "offerId"];

/** The offers that lead to a type. One that doesn't tell its type may be any type's. */
export function fitting(offers: readonly WireOffer[], typeId: string): readonly WireOffer[] {
  return offers.filter(({ item_type }) => item_type == null || item_type === typeId);
}

/** The offer of this name, if it is the only one. */
function onlyNamed(offers: readonly WireOffer[], word: string): WireOffer | undefined {
  const [offer, ...others] = offers.filter(({ name }) => name?.toLowerCase() === word.trim().toLowerCase());
  return others.length === 0 ? offer : undefined;
}

/** The offer that a ticket is made from: the one given if it agrees with the type, or the only one that does. Throws VendorError. */
export function offerFor(
  offers: readonly WireOffer[],
  type: WireType,
  team: string,
  given: string | undefined,
): WireOffer {
  const fits = fitting(offers, type.id);
  const listed = fits.map(({ id, name }) => `${id} (${name ?? id})`).join(", ");
  const choose = (why: string): VendorError => {
    const choices = fits.length > 0 ? `These fit: ${listed}.` : "No offer fits this type.";
    return wrong(
      PATH,
      `${why} ${choices}`,
      fits.map(({ id }) => id),
    );
  };
  const name = type.name ?? type.id;
  if (given !== undefined) {
    const offer = offers.find(({ id }) => id === given) ?? onlyNamed(fits, given);
    if (!offer) {
      const words = fits.flatMap(({ id, name }) => [id, ...(name ? [name] : [])]);
      throw choose(`There is no offer "${given}".${didYouMean(given, words)}`);
    }
    if (!fits.includes(offer)) throw choose(`The offer "${given}" is not one of the type ${name}.`);
    return offer;
  }
  const ofTeam = fits.filter((offer) => offer.team === team);
  const [only, ...others] = ofTeam.length > 0 ? ofTeam : fits;
  if (only && others.length === 0) return only;
  throw choose(`A ticket of the type ${name} is made from an offer. Give one.`);
}
