// Every place of the window with an address of its own, read from where the features name them.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const features = path.resolve(import.meta.dirname, "../../src/features");

/** The addresses; `given` has the identifiers for those that need one: `{ "/marks/$course": … }`. */
export function places(given) {
  const found = readdirSync(features).flatMap((feature) => {
    const file = path.join(features, feature, "routes.tsx");
    // What lists have in common has no screen of its own.
    if (!existsSync(file)) return [];
    const routes = readFileSync(file, "utf8");
    return [...routes.matchAll(/\{ path: "([^"]+)",(?: [^{}]*)? load:/g)].map(([, address]) => address);
  });
  return found
    .map((address) => address.replace("/{-$open}", ""))
    .map((address) => {
      if (!address.includes("$")) return address;
      if (given[address] === undefined) throw new Error(`no identifier for ${address}`);
      return address.replace(/\$\w+/, given[address]);
    });
}
