// The one query client of the window.
import { QueryClient } from "@tanstack/react-query";
import { OperationError } from "../bridge";

/** The database is local or on the school's network: what fails there is tried again, a refusal is not. */
const passing = new Set(["unreachable", "database_unreachable"]);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000, // Changes are announced; this only bounds what an announcement missed.
      networkMode: "always",
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && error instanceof OperationError && passing.has(error.code),
    },
    mutations: { networkMode: "always" },
  },
});
