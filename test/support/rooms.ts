import { dirname, join } from "node:path";

/** Which room imports which: "server > graphql". */
type Arrows = ReadonlySet<string>;

/** The files that lie in no folder of src, taken together. */
const TOP = "top";

/** Every import from one folder of src into another, of types too. The files are named as "src/server/http.ts". */
export function importsBetweenRooms(files: readonly string[], read: (file: string) => string): Arrows {
  const arrows = files.flatMap((file) =>
    [...read(file).matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, target = ""]) => {
      const [from, to] = [roomOf(file), roomOf(join(dirname(file), target))];
      return from === to ? [] : [`${from} > ${to}`];
    }),
  );
  return new Set(arrows.flat());
}

function roomOf(file: string): string {
  const [, folder, ...rest] = file.split("/");
  return rest.length > 0 && folder !== undefined ? folder : TOP;
}

/** The whole arrows of a document's Mermaid picture, `a & b --> c & d` being four; dotted ones are something else. */
export function arrowsOfPicture(document: string): Arrows {
  const [, picture] = /```mermaid\n([^]*?)```/.exec(document) ?? [];
  if (picture === undefined) throw new Error("The document has no picture: a block that begins with ```mermaid.");
  const names = (side: string): string[] => side.split(" & ").map((name) => name.trim().replace(/[[({].*$/, ""));
  const arrows = picture.split("\n").flatMap((line) => {
    const [from, to] = line.split(" --> ");
    if (from === undefined || to === undefined) return [];
    return names(from).flatMap((a) => names(to).map((b) => `${a} > ${b}`));
  });
  return new Set(arrows);
}

/** Only those arrows whose end can't be reached by way of others. Throws for a circle, which has no such arrows. */
export function withoutShortcuts(arrows: Arrows): Arrows {
  const ends = new Map<string, string[]>();
  for (const arrow of arrows) {
    const [from = "", to = ""] = arrow.split(" > ");
    ends.set(from, [...(ends.get(from) ?? []), to]);
  }
  const below = (room: string, above: readonly string[] = []): ReadonlySet<string> => {
    if (above.includes(room)) throw new Error(`Rooms import each other in a circle: ${[...above, room].join(" > ")}.`);
    return new Set((ends.get(room) ?? []).flatMap((end) => [end, ...below(end, [...above, room])]));
  };
  const isShortcut = (arrow: string): boolean => {
    const [from = "", to = ""] = arrow.split(" > ");
    return (ends.get(from) ?? []).some((end) => end !== to && below(end, [from]).has(to));
  };
  return new Set([...arrows].filter((arrow) => !isShortcut(arrow)));
}
